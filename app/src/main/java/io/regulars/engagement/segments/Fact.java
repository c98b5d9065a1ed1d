package io.regulars.engagement.segments;

import io.regulars.engagement.churn.AliveFact;
import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.loyalty.ledger.MemberFacts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a filter may ask of a member, each as an expression over {@code <t>.member m}. It is null
 * where there is nothing to know.
 */
enum Fact {
    EXTERNAL_ID(Type.TEXT, "m.external_id"),
    NAME(Type.TEXT, "m.name"),
    EMAIL(Type.TEXT, "m.email"),
    PHONE(Type.TEXT, "m.phone"),
    LOCALE(Type.TEXT, "m.locale"),
    TIME_ZONE(Type.TEXT, "coalesce(m.time_zone, :shop_zone)"),
    CARD_NUMBER(Type.TEXT, "m.card_number"),
    JOINED_AT(Type.TIME, "m.joined_at"),
    BIRTH_MONTH(Type.NUMBER, "m.birth_month"),
    AGE(
            Type.NUMBER,
            """
            (:this_year - m.birth_year
             - case when m.birth_month * 100 + m.birth_day > :this_day then 1 else 0 end)
            """),
    TIER(Type.TIER, "coalesce(" + MemberFacts.tier() + ", :first_tier)"),
    POINTS(Type.NUMBER, MemberFacts.points()),
    SPEND(
            Type.NUMBER,
            """
            (select coalesce(sum(p.amount - p.refunded), 0) from <t>.purchase p
              where p.member_id = m.id and p.purchased_at >= :since)
            """),
    PURCHASES(
            Type.NUMBER,
            """
            (select count(*) from <t>.purchase p where p.member_id = m.id and p.purchased_at >= :since and
            """
                    + CountedPurchases.SQL
                    + """
                    )
                    """),
    LAST_PURCHASE_AT(
            Type.TIME,
            "(select max(p.purchased_at) from <t>.purchase p where p.member_id = m.id and "
                    + CountedPurchases.SQL
                    + ")"),
    FIRST_PURCHASE_AT(
            Type.TIME,
            "(select min(p.purchased_at) from <t>.purchase p where p.member_id = m.id and "
                    + CountedPurchases.SQL
                    + ")"),
    CATEGORY_BOUGHT(Type.GOODS, "l.category"),
    SKU_BOUGHT(Type.GOODS, "l.sku"),
    RFM_RECENCY(Type.SCORE, "extract(epoch from max(p.purchased_at))"),
    RFM_FREQUENCY(Type.SCORE, "count(*)"),
    RFM_MONETARY(Type.SCORE, "sum(p.amount - p.refunded)"),
    P_ALIVE(Type.NUMBER, AliveFact.SQL),
    MARKETING_EMAIL(Type.FLAG, "m.marketing_email"),
    TRACKING(Type.FLAG, consent("tracking")),
    PROFILING(Type.FLAG, consent("profiling"));

    /** What is compared with what, and how. */
    enum Type {
        TEXT("eq", "ne", "in", "not_in", "contains", "starts_with", "exists"),
        NUMBER("eq", "ne", "lt", "lte", "gt", "gte", "between", "exists"),
        TIME(
                "before",
                "after",
                "lt",
                "lte",
                "gt",
                "gte",
                "within_days",
                "not_within_days",
                "exists"),
        FLAG("eq", "ne"),
        TIER("eq", "ne", "in", "not_in"),
        GOODS("eq", "ne", "in", "not_in"),
        SCORE("eq", "ne", "lt", "lte", "gt", "gte", "between", "exists"),
        ATTRIBUTE(
                "eq",
                "ne",
                "in",
                "not_in",
                "contains",
                "starts_with",
                "lt",
                "lte",
                "gt",
                "gte",
                "exists");

        private final String operators;

        Type(String... operators) {
            this.operators = String.join(" ", operators);
        }

        Set<String> operators() {
            return Set.of(operators.split(" ", -1));
        }
    }

    /** Between which figures all lie, both included. */
    record Range(double least, double most) {}

    private static final String CONSENT = "consent.";
    private static final Range FIFTHS = new Range(1, 5);
    private static final Map<Fact, Range> RANGES =
            Map.of(
                    BIRTH_MONTH,
                    new Range(1, 12),
                    AGE,
                    new Range(0, 150),
                    RFM_RECENCY,
                    FIFTHS,
                    RFM_FREQUENCY,
                    FIFTHS,
                    RFM_MONETARY,
                    FIFTHS,
                    P_ALIVE,
                    new Range(0, 1));
    private static final Set<Fact> CONSENTS = Set.of(MARKETING_EMAIL, TRACKING, PROFILING);
    private static final Set<Fact> OVER_TIME =
            Set.of(SPEND, PURCHASES, CATEGORY_BOUGHT, SKU_BOUGHT);
    private static final Map<String, Fact> NAMES =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Fact::field, fact -> fact));

    private final Type type;
    private final String sql;

    Fact(Type type, String sql) {
        this.type = type;
        this.sql = sql;
    }

    Type type() {
        return type;
    }

    String sql() {
        return sql;
    }

    /** Whether only the last so many days may be looked at. */
    boolean isOverTime() {
        return OVER_TIME.contains(this);
    }

    /** What it can be at all; empty where there is no end. */
    Optional<Range> range() {
        return Optional.ofNullable(RANGES.get(this));
    }

    /** As filters name it. */
    String field() {
        String name = name().toLowerCase(Locale.ROOT);
        return CONSENTS.contains(this) ? CONSENT + name : name;
    }

    static Optional<Fact> named(String field) {
        return Optional.ofNullable(NAMES.get(field));
    }

    static Set<String> fields() {
        return NAMES.keySet();
    }

    private static String consent(String purpose) {
        return String.format(
                Locale.ROOT,
                """
                coalesce((select c.granted from <t>.consent_event c
                           where c.member_id = m.id and c.purpose = '%s'
                           order by c.id desc limit 1), false)
                """,
                purpose);
    }
}
