package io.regulars.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds every place of a statement where a table is named. */
final class TableNames {

    private static final Set<String> FROM_IS_SYNTAX =
            Set.of("extract", "substring", "trim", "overlay", "position");
    private static final Set<String> UPDATE_IS_NO_VERB = Set.of("for", "key", "do", "on");
    private static final Set<String> END_OF_FROM =
            Set.of(
                    "where",
                    "group",
                    "having",
                    "window",
                    "order",
                    "limit",
                    "offset",
                    "fetch",
                    "for",
                    "returning",
                    "union",
                    "intersect",
                    "except",
                    "conflict",
                    "when");
    private static final Set<String> ROWS_FROM_VALUES =
            Set.of("unnest", "generate_series", "values");

    private final Sql sql;
    private final Set<String> commonTables;
    private final List<String> foreign = new ArrayList<>();

    private TableNames(Sql sql) {
        this.sql = sql;
        this.commonTables = sql.commonTables();
    }

    /** The tables named without the tenant's schema. */
    static List<String> unqualified(Sql sql) {
        TableNames names = new TableNames(sql);
        if (sql.startsWith("grant") || sql.startsWith("revoke")) {
            names.grant();
        } else {
            names.walk();
        }
        return names.foreign;
    }

    private void walk() {
        boolean index = sql.startsWith("create", "index") || sql.startsWith("create", "unique");
        if (index) {
            check(sql.indexOf(0, "on") + 1);
        }
        for (int i = 0; i < sql.tokens().size(); i++) {
            switch (sql.at(i)) {
                case "from" -> {
                    if (beginsTables(i)) {
                        list(i + 1);
                    }
                }
                case "join", "into" -> check(i + 1);
                case "update" -> {
                    if (!UPDATE_IS_NO_VERB.contains(sql.at(i - 1)) && !sql.at(i + 1).equals("on")) {
                        check(i + 1);
                    }
                }
                case "using" -> {
                    if ((sql.has("delete") || sql.has("merge")) && !sql.at(i + 1).equals("(")) {
                        list(i + 1);
                    }
                }
                case "table", "truncate" -> check(pastIf(i + 1));
                default -> {
                    // No table stands behind it.
                }
            }
        }
    }

    private boolean beginsTables(int from) {
        boolean comparison =
                sql.at(from - 1).equals("distinct")
                        && Set.of("is", "not").contains(sql.at(from - 2));
        return !comparison && !FROM_IS_SYNTAX.contains(sql.openedBy(from));
    }

    private int pastIf(int i) {
        if (sql.follows(i, "if", "not", "exists")) {
            return i + 3;
        }
        return sql.follows(i, "if", "exists") ? i + 2 : i;
    }

    /** A list of tables up to the next clause. */
    private void list(int begin) {
        check(begin);
        int depth = 0;
        for (int i = begin; i < sql.tokens().size(); i++) {
            String token = sql.at(i);
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && END_OF_FROM.contains(token))) {
                return;
            }
            if (depth == 0 && token.equals(",")) {
                check(i + 1);
            }
        }
    }

    private void grant() {
        int on = sql.indexOf(0, "on");
        int end = Math.max(sql.indexOf(0, "to"), sql.indexOf(on, "from"));
        for (int i = on + 1; i < end; i++) {
            if (!sql.at(i).equals(",") && !sql.at(i).equals("table")) {
                check(i);
            }
        }
    }

    private void check(int index) {
        String name = sql.at(index);
        if (name.equals("only") || name.equals("lateral")) {
            check(index + 1);
            return;
        }
        boolean allowed =
                name.isEmpty()
                        || name.equals("(")
                        || name.startsWith("<t>.")
                        || commonTables.contains(name)
                        || ROWS_FROM_VALUES.contains(name)
                        || name.matches("(control|quartz)\\..+");
        if (!allowed) {
            foreign.add(name);
        }
    }
}
