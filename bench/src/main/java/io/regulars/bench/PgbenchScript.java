package io.regulars.bench;

import io.regulars.bench.SqlLog.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A transaction of the service as a pgbench script: the same statements, with another member and
 * fresh ids each time. Made from two recordings of the same thing: what differs between them and is
 * an id was made for it, what differs otherwise (a time, a hash) or not at all is kept.
 */
final class PgbenchScript {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)\\b");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** So many of a shop's members take part: their ids stand in the statements. */
    static final int MEMBERS = 50;

    private final List<Sent> first;
    private final List<Sent> second;
    private final ColumnTypes types;

    /**
     * @param types of the shop in which both were recorded
     */
    PgbenchScript(List<Sent> first, List<Sent> second, ColumnTypes types) throws IOException {
        this.first = first;
        this.second = second;
        this.types = types;
        if (!sql(first).equals(sql(second))) {
            throw new IOException(
                    "two recordings differ:\n" + sql(first) + "\nand\n" + sql(second));
        }
    }

    /** How many statements a transaction has, without begin and commit. */
    int statements() {
        return second.size();
    }

    /**
     * @param replaced values of the second recording, and the SQL that takes their place; it may
     *     use the variables {@code :m}, the number of a member from 1, {@code :n}, which rises, and
     *     {@code :w}, the number of the connection
     */
    String inShop(Town.Place place, Map<String, String> replaced) {
        Map<String, String> made = new LinkedHashMap<>();
        StringBuilder script = new StringBuilder();
        script.append("\\set n :n + 1\n\\set w :process * 100 + :client_id\n\\set m random(1, ")
                .append(MEMBERS)
                .append(")\n");
        script.append("begin;\n");
        for (int i = 0; i < second.size(); i++) {
            List<String> expressions = new ArrayList<>();
            List<String> before = first.get(i).values();
            List<String> after = second.get(i).values();
            for (int v = 0; v < after.size(); v++) {
                expressions.add(
                        expression(
                                after.get(v), before.get(v).equals(after.get(v)), replaced, made));
            }
            String sql = types.typed(second.get(i).sql()).replace(types.schema(), place.schema());
            script.append(
                    PARAMETER
                            .matcher(sql)
                            .replaceAll(match ->
                                    Matcher.quoteReplacement(
                                            expressions.get(
                                                    Integer.parseInt(match.group(1)) - 1))));
            script.append(";\n");
        }
        return script.append("commit;\n").toString();
    }

    private static String expression(
            String literal, boolean same, Map<String, String> replaced, Map<String, String> made) {
        if (literal.equals("NULL")) {
            return "NULL";
        }
        String text = literal.substring(1, literal.length() - 1);
        String given = replaced.get(text);
        if (given != null) {
            return given;
        }
        boolean array = text.startsWith("{") && !text.startsWith("{\"");
        if (ID.matcher(text).matches() || (array && ID.matcher(text).find())) {
            List<String> parts = new ArrayList<>();
            Matcher id = ID.matcher(text);
            int end = 0;
            while (id.find()) {
                parts.add(quoted(text.substring(end, id.start())));
                parts.add("(" + id(id.group(), same, replaced, made) + ")::text");
                end = id.end();
            }
            parts.add(quoted(text.substring(end)));
            return array
                    ? "(" + String.join(" || ", parts) + ")::uuid[]"
                    : id(text, same, replaced, made);
        }
        return quoted(text.replace("''", "'"));
    }

    private static String id(
            String id, boolean same, Map<String, String> replaced, Map<String, String> made) {
        String given = replaced.get(id);
        if (given != null) {
            return given;
        }
        if (same) {
            return quoted(id) + "::uuid";
        }
        return made.computeIfAbsent(
                id,
                any ->
                        "(lpad(to_hex(:n::bigint), 12, '0') || '7' || lpad(to_hex(:w::bigint * 100"
                                + " + "
                                + made.size()
                                + "), 19, '0'))::uuid");
    }

    /** pgbench would take a colon before a word for a variable, even inside quotes. */
    private static String quoted(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\x3a") + "'";
    }

    /** One of the shop's members, by {@code :m}. */
    static String oneOf(List<String> values, String type) {
        return values.stream()
                .limit(MEMBERS)
                .map(value -> quoted(value))
                .collect(Collectors.joining(", ", "((array[", "]::" + type + "[])[:m::int])"));
    }

    static String member(Town.Place place) {
        return oneOf(place.members().stream().map(UUID::toString).toList(), "uuid");
    }

    private static List<String> sql(List<Sent> transaction) {
        return transaction.stream().map(Sent::sql).toList();
    }
}
