package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.engagement.segments.Fact.Range;
import io.regulars.engagement.segments.Fact.Type;
import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.http.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a filter: a field, how it is compared, and with what. A field without a value
 * fits no comparison, and so fits its opposite.
 */
final class Condition {

    private static final String ATTRIBUTES = "attributes.";
    private static final int MOST_VALUES = 200;
    private static final int LONGEST = 255;
    private static final int MOST_DAYS = 36_500;
    private static final int EARLIEST_YEAR = 1900;
    private static final int LATEST_YEAR = 2200;
    private static final double LARGEST = 1e15;
    private static final String WRITTEN_NUMBER = "^(-|)[0-9]{1,15}([.][0-9]{1,15}|)$";
    private static final Map<String, String> SIGNS =
            Map.of(
                    "eq", "=", "lt", "<", "lte", "<=", "gt", ">", "gte", ">=", "before", "<",
                    "after", ">=");

    private final JsonNode node;
    private final String pointer;
    private final Circumstances circumstances;
    private final Map<String, Object> values;
    private final List<FieldError> errors;

    Condition(
            JsonNode node,
            String pointer,
            Circumstances circumstances,
            Map<String, Object> values,
            List<FieldError> errors) {
        this.node = node;
        this.pointer = pointer;
        this.circumstances = circumstances;
        this.values = values;
        this.errors = errors;
    }

    String sql() {
        String field = node.path("field").asText("");
        if (field.startsWith(ATTRIBUTES)) {
            return attribute(field.substring(ATTRIBUTES.length()));
        }
        // The one consent that most ask for may be named shortly.
        Optional<Fact> fact =
                Fact.named(field.equals("marketing_email") ? "consent." + field : field);
        if (fact.isEmpty()) {
            return refuse(
                    "/field",
                    "unknown_value",
                    "Must be one of "
                            + String.join(", ", new TreeSet<>(Fact.fields()))
                            + " or attributes.<name>.");
        }
        return knows(fact.get().type()).map(op -> of(fact.get(), op)).orElse("false");
    }

    private Optional<String> knows(Type type) {
        String op = node.path("op").asText("");
        if (type.operators().contains(op)) {
            return Optional.of(op);
        }
        refuse(
                "/op",
                "unknown_value",
                "Must be one of " + String.join(", ", new TreeSet<>(type.operators())) + ".");
        return Optional.empty();
    }

    private String of(Fact fact, String op) {
        JsonNode days = node.get("within_days");
        if (days != null && !fact.isOverTime()) {
            return refuse("/within_days", "not_for_this_field", "Means nothing for this field.");
        }
        values.putAll(circumstances.values(fact));
        String sql = fact.sql();
        if (sql.contains(":since")) {
            sql = sql.replace(":since", ":" + bound(since(days)));
        }
        return switch (fact.type()) {
            case TEXT -> text(sql, op);
            case NUMBER -> number(sql, op, fact.range());
            case TIME -> time(sql, op);
            case FLAG -> flag(sql, op);
            case TIER -> tier(sql, op);
            case GOODS -> goods(sql, op, since(days));
            case SCORE -> number(score(fact), op, fact.range());
            case ATTRIBUTE -> throw new IllegalStateException("attributes have no fact");
        };
    }

    private Instant since(@Nullable JsonNode days) {
        if (days == null) {
            return Instant.EPOCH.atOffset(ZoneOffset.UTC).withYear(EARLIEST_YEAR).toInstant();
        }
        return daysAgo(days, "/within_days");
    }

    private String attribute(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return refuse("/field", "unknown_value", "An attribute has a name behind the dot.");
        }
        Optional<String> known = knows(Type.ATTRIBUTE);
        if (known.isEmpty()) {
            return "false";
        }
        String key = ":" + bound(name);
        String op = known.get();
        if (op.equals("exists")) {
            return exists("(m.attributes -> " + key + ")");
        }
        if (Set.of("lt", "lte", "gt", "gte").contains(op)) {
            // A file knows texts only; what is written as a number is meant as one.
            return number(
                    "(case when jsonb_typeof(m.attributes -> "
                            + key
                            + ") = 'number' or (m.attributes ->> "
                            + key
                            + ") ~ '"
                            + WRITTEN_NUMBER
                            + "' then (m.attributes ->> "
                            + key
                            + ")::numeric end)",
                    op,
                    Optional.empty());
        }
        return text("(m.attributes ->> " + key + ")", op);
    }

    private String text(String sql, String op) {
        return switch (op) {
            case "exists" -> exists(sql);
            case "contains" -> sure("strpos(lower(" + sql + "), lower(" + textValue() + ")) > 0");
            case "starts_with" ->
                    sure("starts_with(lower(" + sql + "), lower(" + textValue() + "))");
            default -> member(sql, op, texts());
        };
    }

    /** Whether it is one of these, or none of them. */
    private String member(String sql, String op, List<String> texts) {
        String in = sure(sql + " = any(:" + bound(texts) + ")");
        return op.equals("ne") || op.equals("not_in") ? "(not " + in + ")" : in;
    }

    private String number(String sql, String op, Optional<Range> range) {
        return switch (op) {
            case "exists" -> exists(sql);
            case "between" -> between(sql, range);
            case "ne" -> "(not " + sure(sql + " = " + figure(value(), "/value", range)) + ")";
            default -> sure(sql + " " + SIGNS.get(op) + " " + figure(value(), "/value", range));
        };
    }

    private String between(String sql, Optional<Range> range) {
        JsonNode value = value();
        if (!value.isArray() || value.size() != 2) {
            return refuse("/value", "wrong_type", "Must be a list of two numbers, both included.");
        }
        if (value.get(0).doubleValue() > value.get(1).doubleValue()) {
            refuse("/value", "out_of_range", "Must have the smaller number first.");
        }
        return sure(
                sql
                        + " between "
                        + figure(value.get(0), "/value/0", range)
                        + " and "
                        + figure(value.get(1), "/value/1", range));
    }

    private String time(String sql, String op) {
        return switch (op) {
            case "exists" -> exists(sql);
            case "within_days" -> sure(sql + " >= :" + bound(daysAgo(value(), "/value")));
            case "not_within_days" -> sure(sql + " < :" + bound(daysAgo(value(), "/value")));
            default -> sure(sql + " " + SIGNS.get(op) + " :" + bound(moment()));
        };
    }

    private String flag(String sql, String op) {
        if (!value().isBoolean()) {
            return refuse("/value", "wrong_type", "Must be true or false.");
        }
        return value().booleanValue() == op.equals("eq") ? "(" + sql + ")" : "(not " + sql + ")";
    }

    private String tier(String sql, String op) {
        List<String> texts = texts();
        List<String> known = circumstances.tiers();
        for (String text : texts) {
            if (!known.contains(text)) {
                refuse("/value", "unknown_tier", "The published program has no tier " + text + ".");
            }
        }
        return member(sql, op, texts);
    }

    private String goods(String column, String op, Instant since) {
        String bought =
                String.format(
                        Locale.ROOT,
                        """
                        (exists (select from <t>.purchase p
                                   join <t>.purchase_line l on l.purchase_id = p.id
                                  where p.member_id = m.id and p.purchased_at >= :%s and %s
                                    and (l.refunded < l.amount or l.amount = 0) and %s = any(:%s)))
                        """,
                        bound(since),
                        CountedPurchases.SQL,
                        column,
                        bound(texts()));
        return op.equals("ne") || op.equals("not_in") ? "(not " + bought + ")" : bought;
    }

    /** In which fifth of the buyers; null for who has not bought. */
    private String score(Fact fact) {
        List<String> bounds = new ArrayList<>();
        circumstances.fifths(fact).forEach(fifth -> bounds.add(":" + bound(fifth)));
        return bounds.isEmpty()
                ? "null::int"
                : String.format(
                        Locale.ROOT,
                        """
                        (select %s from <t>.purchase p
                          where p.member_id = m.id and %s having count(*) > 0)
                        """,
                        Fifths.score(fact.sql(), bounds),
                        CountedPurchases.SQL);
    }

    private String exists(String sql) {
        JsonNode value = node.get("value");
        if (value != null && !value.isBoolean()) {
            return refuse("/value", "wrong_type", "Must be true or false.");
        }
        boolean wanted = value == null || value.booleanValue();
        return "(" + sql + (wanted ? " is not null)" : " is null)");
    }

    private JsonNode value() {
        return node.path("value");
    }

    private String figure(JsonNode value, String where, Optional<Range> range) {
        if (!value.isNumber() || Math.abs(value.doubleValue()) > LARGEST) {
            return refuse(where, "wrong_type", "Must be a number.");
        }
        // What was kept before it was looked at goes on to mean what it meant.
        range.filter(all -> value.doubleValue() < all.least() || value.doubleValue() > all.most())
                .ifPresent(all ->
                        refuse(
                                where,
                                "out_of_range",
                                String.format(
                                        Locale.ROOT,
                                        "Lies between %.0f and %.0f.",
                                        all.least(),
                                        all.most())));
        return ":" + bound(value.decimalValue());
    }

    private String textValue() {
        String text = value().isTextual() ? value().textValue() : "";
        if (text.isEmpty() || text.length() > LONGEST) {
            refuse("/value", "wrong_type", "Must be a text of 1 to " + LONGEST + " characters.");
        }
        return ":" + bound(text);
    }

    /** One value, or a list of them where the operator takes a list. */
    private List<String> texts() {
        boolean list = Set.of("in", "not_in").contains(node.path("op").asText(""));
        List<String> texts = new ArrayList<>();
        if (list && value().isArray()) {
            value().forEach(one -> scalar(one, texts));
        } else if (!list) {
            scalar(value(), texts);
        }
        boolean complete = texts.size() == (list ? value().size() : 1);
        if (texts.isEmpty() || texts.size() > MOST_VALUES || !complete) {
            refuse(
                    "/value",
                    "wrong_type",
                    list
                            ? "Must be a list of 1 to " + MOST_VALUES + " texts or numbers."
                            : "Must be a text or a number.");
        }
        return List.copyOf(texts);
    }

    private static void scalar(JsonNode one, List<String> to) {
        boolean fits = one.isTextual() || one.isNumber() || one.isBoolean();
        if (fits && one.asText().length() <= LONGEST) {
            to.add(one.asText());
        }
    }

    private Instant moment() {
        String text = value().asText("");
        try {
            Instant moment =
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(circumstances.zone()).toInstant()
                            : OffsetDateTime.parse(text).toInstant();
            int year = moment.atOffset(ZoneOffset.UTC).getYear();
            if (year >= EARLIEST_YEAR && year <= LATEST_YEAR) {
                return moment;
            }
        } catch (DateTimeException e) {
            // Said below, with what would be right.
        }
        refuse("/value", "wrong_type", "Must be a date, which begins at your midnight, or a time.");
        return circumstances.now();
    }

    /** The shop's midnight so many days ago. */
    private Instant daysAgo(JsonNode days, String where) {
        int count = days.isInt() ? days.intValue() : -1;
        if (count < 0 || count > MOST_DAYS) {
            refuse(where, "out_of_range", "Must be a number of days, 0 to " + MOST_DAYS + ".");
            return circumstances.now();
        }
        return circumstances
                .today()
                .minusDays(count)
                .atStartOfDay(circumstances.zone())
                .toInstant();
    }

    /** Nothing is known where there is no value: then it does not fit. */
    private static String sure(String sql) {
        return "coalesce(" + sql + ", false)";
    }

    private String bound(Object value) {
        String name = "v" + values.size();
        values.put(name, value);
        return name;
    }

    private String refuse(String below, String code, String detail) {
        errors.add(new FieldError(pointer + below, code, detail));
        return "false";
    }
}
