package io.regulars.bench;

import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of a schema's columns. A driver says of what type its arrays are, the log does not; so
 * they are given the types of the columns that they are named after.
 */
record ColumnTypes(String schema, Map<String, Map<String, String>> tables) {

    private static final Pattern UNNEST =
            Pattern.compile("unnest\\(([$\\d,\\s]+)\\)\\s+as\\s+\\w+\\s*\\(([^)]*)\\)");

    static ColumnTypes of(Postgres database, String schema) throws IOException, SQLException {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                select c.relname, a.attname, format_type(a.atttypid, null)
                                  from pg_attribute a
                                  join pg_class c on c.oid = a.attrelid
                                 where c.relnamespace = ?::regnamespace and c.relkind = 'r' and a.attnum > 0
                                """)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.computeIfAbsent(rows.getString(1), name -> new TreeMap<>())
                            .put(rows.getString(2), rows.getString(3));
                }
            }
        }
        return new ColumnTypes(schema, tables);
    }

    /** The statement with a type at each array that is unnested without one. */
    String typed(String sql) {
        return UNNEST.matcher(sql)
                .replaceAll(match -> {
                    String[] values = match.group(1).split(",", -1);
                    String[] names = match.group(2).split(",", -1);
                    List<String> typed = new ArrayList<>();
                    for (int i = 0; i < values.length; i++) {
                        typed.add(values[i].strip() + "::" + type(sql, names[i].strip()) + "[]");
                    }
                    String list = String.join(", ", typed);
                    return Matcher.quoteReplacement(match.group().replace(match.group(1), list));
                });
    }

    /** Of the first table of the statement that has such a column; documents travel as text. */
    private String type(String sql, String column) {
        Matcher table = Pattern.compile(Pattern.quote(schema) + "\\.(\\w+)").matcher(sql);
        while (table.find()) {
            String type = tables.getOrDefault(table.group(1), Map.of()).get(column);
            if (type != null) {
                return type.equals("jsonb") ? "text" : type;
            }
        }
        return "text";
    }
}
