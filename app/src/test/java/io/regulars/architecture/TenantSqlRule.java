package io.regulars.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What tenant SQL must keep to, so that a tenant's schema can be moved to a worker of a sharding
 * engine and the service still runs unchanged.
 */
enum TenantSqlRule {
    NO_MODIFYING_CTE("a sharding engine does not route a statement that changes data inside WITH"),
    NOT_BESIDE_CONTROL(
            "the control schema stays on the coordinator: a statement cannot reach both"),
    QUALIFIED_TABLES(
            "the search path is empty on purpose: a table is <t>.name, or it is not found"),
    ONE_TENANT("a statement works for the tenant of its transaction"),
    NO_SERVER_CLOCK(
            "time is an argument: a tenant's test clock stands still, and nodes' clocks differ"),
    NO_SERVER_RANDOM(
            "ids are UUIDv7 of the application, and a function that is not immutable is not routed"),
    NO_TABLE_FROM_QUERY("a table is made by a migration only"),
    NO_SEQUENCE("a sequence ties the schema to one node"),
    NO_INHERITANCE("an inherited or partitioned table does not move"),
    ONLY_TABLES("triggers, functions, types and views would stop a schema from being moved"),
    NAMED_COLUMNS("two versions of the code serve one schema, so each says which columns it means"),
    NO_SUBQUERY_IN_VALUES("the engine evaluates the values of an INSERT on the coordinator"),
    FOREIGN_KEYS_AT_HOME("a foreign key into another schema ties two nodes together"),
    NO_COMPUTED_DEFAULT(
            "times and ids come from the application, a default by function hides that"),
    NO_OPTIONAL_RANGE(
            "a statement is planned once, for present and absent values: a page after the first reads all before it"
                    + " (coalesce to the first or last value there can be)");

    private static final Set<String> CLOCK =
            Set.of(
                    "now",
                    "clock_timestamp",
                    "statement_timestamp",
                    "transaction_timestamp",
                    "timeofday",
                    "age");
    private static final Set<String> CLOCK_WORDS =
            Set.of(
                    "current_timestamp",
                    "current_date",
                    "current_time",
                    "localtime",
                    "localtimestamp");
    private static final Set<String> CLOCK_TEXTS =
            Set.of("'now'", "'today'", "'tomorrow'", "'yesterday'");
    private static final Set<String> RANDOM =
            Set.of(
                    "random",
                    "random_normal",
                    "setseed",
                    "gen_random_uuid",
                    "gen_random_bytes",
                    "uuidv4",
                    "uuidv7",
                    "uuid_generate_v1",
                    "uuid_generate_v4");
    private static final Set<String> SEQUENCE = Set.of("nextval", "currval", "setval", "lastval");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");
    private static final Set<String> SERIALS =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");
    private static final Set<String> RANGES = Set.of("<", ">");
    private static final Set<String> END_OF_VALUES = Set.of("conflict", "returning");

    private final String because;

    TenantSqlRule(String because) {
        this.because = because;
    }

    String because() {
        return because;
    }

    boolean isBrokenBy(Sql sql) {
        return switch (this) {
            case NO_MODIFYING_CTE -> modifiesInCommonTable(sql);
            case NOT_BESIDE_CONTROL -> sql.ofTenant() && sql.ofControl();
            case QUALIFIED_TABLES -> !TableNames.unqualified(sql).isEmpty();
            case ONE_TENANT -> namesATenant(sql);
            case NO_SERVER_CLOCK -> readsTheClock(sql);
            case NO_SERVER_RANDOM -> sql.calls(RANDOM);
            case NO_TABLE_FROM_QUERY -> makesTableFromQuery(sql);
            case NO_SEQUENCE -> usesSequence(sql);
            case NO_INHERITANCE -> inherits(sql);
            case ONLY_TABLES -> makesMoreThanTables(sql);
            case NAMED_COLUMNS -> selectsAll(sql);
            case NO_SUBQUERY_IN_VALUES -> subqueryInValues(sql);
            case FOREIGN_KEYS_AT_HOME -> referencesElsewhere(sql);
            case NO_COMPUTED_DEFAULT -> defaultsByFunction(sql);
            case NO_OPTIONAL_RANGE -> hasOptionalRange(sql);
        };
    }

    static List<TenantSqlRule> brokenBy(Sql sql) {
        List<TenantSqlRule> rules = new ArrayList<>();
        for (TenantSqlRule rule : values()) {
            if (rule.isBrokenBy(sql)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static boolean modifiesInCommonTable(Sql sql) {
        for (int i = 0; i < sql.tokens().size(); i++) {
            if (sql.at(i).equals("as")) {
                int body = sql.bodyOfCommonTable(i);
                if (body >= 0 && CHANGES.contains(sql.at(body))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasOptionalRange(Sql sql) {
        for (int or = sql.indexOf(0, "is", "null", "or");
                or >= 0;
                or = sql.indexOf(or + 1, "is", "null", "or")) {
            String value = sql.at(or - 2).equals("::") ? sql.at(or - 3) : sql.at(or - 1);
            int end = or + 3;
            while (end < sql.tokens().size() && !sql.at(end).equals(")")) {
                int bound = sql.at(end + 1).equals("=") ? end + 2 : end + 1;
                if (RANGES.contains(sql.at(end)) && sql.at(bound).equals(value)) {
                    return true;
                }
                end++;
            }
        }
        return false;
    }

    private static boolean namesATenant(Sql sql) {
        return sql.tokens().stream().anyMatch(token -> token.matches("t_[0-9a-z]{26}\\..*"));
    }

    private static boolean readsTheClock(Sql sql) {
        return sql.calls(CLOCK)
                || sql.tokens().stream()
                        .anyMatch(token ->
                                CLOCK_WORDS.contains(token) || CLOCK_TEXTS.contains(token));
    }

    private static boolean makesTableFromQuery(Sql sql) {
        int into = sql.indexOf(0, "into");
        boolean selectInto = into >= 0 && !Set.of("insert", "merge").contains(sql.at(into - 1));
        boolean createAs =
                sql.startsWith("create")
                        && sql.has("table")
                        && (sql.has("as", "select") || sql.has("as", "with") || sql.has("as", "("));
        return selectInto || createAs;
    }

    private static boolean usesSequence(Sql sql) {
        return sql.calls(SEQUENCE)
                || sql.has("as", "identity")
                || sql.has("create", "sequence")
                || sql.tokens().stream().anyMatch(SERIALS::contains);
    }

    private static boolean inherits(Sql sql) {
        boolean table = sql.has("create", "table") || sql.has("alter", "table");
        return table
                && (sql.has("inherits")
                        || sql.has("inherit")
                        || sql.has("partition", "by")
                        || sql.has("partition", "of")
                        || sql.has("attach", "partition"));
    }

    private static boolean makesMoreThanTables(Sql sql) {
        return switch (sql.at(0)) {
            case "create" ->
                    !(sql.startsWith("create", "table")
                            || sql.startsWith("create", "index")
                            || sql.startsWith("create", "unique", "index"));
            case "alter", "drop" ->
                    !(sql.at(1).equals("table") || sql.at(1).equals("index"))
                            || sql.has("trigger")
                            || sql.has("rule");
            case "do", "call", "lock", "listen", "notify", "comment", "vacuum" -> true;
            default -> false;
        };
    }

    private static boolean selectsAll(Sql sql) {
        for (int i = 0; i < sql.tokens().size(); i++) {
            boolean all = sql.at(i).endsWith(".*") && !sql.at(i - 1).equals("(");
            boolean star =
                    sql.at(i).equals("*")
                            && Set.of("select", "returning", "all", "distinct", ",")
                                    .contains(sql.at(i - 1))
                            && !sql.follows(i + 1, "from", "unnest");
            if (all || star) {
                return true;
            }
        }
        return false;
    }

    private static boolean subqueryInValues(Sql sql) {
        int values = sql.startsWith("insert") ? sql.indexOf(0, "values") : -1;
        for (int i = values + 1; values >= 0 && i < sql.tokens().size(); i++) {
            if (END_OF_VALUES.contains(sql.at(i))) {
                return false;
            }
            if (sql.at(i).equals("select")) {
                return true;
            }
        }
        return false;
    }

    private static boolean referencesElsewhere(Sql sql) {
        for (int i = 0; i < sql.tokens().size(); i++) {
            if (sql.at(i).equals("references") && !sql.at(i + 1).startsWith("<t>.")) {
                return true;
            }
        }
        return false;
    }

    private static boolean defaultsByFunction(Sql sql) {
        for (int i = 0; i < sql.tokens().size(); i++) {
            boolean call = sql.at(i + 2).equals("(") && sql.at(i + 1).matches("[a-z_][a-z0-9_.]*");
            boolean word = CLOCK_WORDS.contains(sql.at(i + 1));
            if (sql.at(i).equals("default") && (call || word)) {
                return true;
            }
        }
        return false;
    }
}
