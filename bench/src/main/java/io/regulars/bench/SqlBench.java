package io.regulars.bench;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Postgres;
import io.regulars.platform.embedded.JdbcLogin;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * How a statement gets to its shop's tables: by their full name or by a search path, alone or with
 * others, prepared or not. What docs/adr/0008-qualified-sql.md rests on.
 */
final class SqlBench implements Bench {

    private static final int REPEATS = 3;
    private static final int ROWS = 200;

    /** The queries of a short transaction; the shop's schema stands for {@code <t>}. */
    private static final List<String> QUERIES =
            List.of(
                    "select name, email from <t>.member where id = ?",
                    "select balance, debt from <t>.account where member_id = ? for update",
                    "select count(*), sum(amount) from <t>.purchase where member_id = ?",
                    "update <t>.account set balance = balance + 1 where member_id = ?",
                    "select m.name, a.balance from <t>.member m join <t>.account a on a.member_id ="
                            + " m.id where m.id = ?");

    /** One way to send them. */
    private enum Way {
        QUALIFIED("full names, prepared, as the service does it but one by one", 2048, 5, true),
        FUSED("the same, all in one round trip", 2048, 5, true),
        WITHOUT_ROLE("full names without `set local role`", 2048, 5, true),
        SMALL_CACHE("full names, the driver's usual 256 statements", 256, 5, true),
        NOT_PREPARED("full names, never prepared on the server", 2048, 0, true),
        SEARCH_PATH("`set_config('search_path')`, prepared", 2048, 5, false),
        SEARCH_PATH_NOT_PREPARED("`set_config('search_path')`, never prepared", 2048, 0, false);

        private final String text;
        private final int cache;
        private final int prepareThreshold;
        private final boolean qualified;

        Way(String text, int cache, int prepareThreshold, boolean qualified) {
            this.text = text;
            this.cache = cache;
            this.prepareThreshold = prepareThreshold;
            this.qualified = qualified;
        }
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        int shops = lab.sized(100, 10);
        make(database, shops);
        int transactions = lab.sized(2_500, 500);
        Map<Way, List<Double>> perWay = new EnumMap<>(Way.class);
        for (int i = 0; i < lab.sized(REPEATS, 1); i++) {
            for (Way way : Way.values()) {
                perWay.computeIfAbsent(way, any -> new ArrayList<>())
                        .add(p50Micros(database, way, shops, transactions));
            }
        }
        Map<Way, Series> measured = new EnumMap<>(Way.class);
        perWay.forEach((way, micros) -> measured.put(way, new Series(micros)));
        Series base = Objects.requireNonNull(measured.get(Way.QUALIFIED));
        List<Figure> figures = new ArrayList<>();
        measured.forEach((way, micros) -> {
            Figure figure = Figure.of(way.text, "µs", micros);
            figures.add(way == Way.QUALIFIED ? figure : figure.against("full names", base));
        });
        return Section.of(
                "ways to a shop's tables",
                String.format(
                        Locale.ROOT,
                        "A transaction of five short statements in one of %d shops at random, one"
                                + " connection, p50 of %,d transactions after a warm-up of as many;"
                                + " begin, role (or search path) and commit included. The decision"
                                + " drawn from it is [0008](adr/0008-qualified-sql.md).",
                        shops,
                        transactions),
                figures);
    }

    private static void make(Postgres database, int shops) throws IOException, SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < shops; i++) {
                String schema = schema(i);
                statement.execute("create schema " + schema);
                statement.execute("create role " + schema + " nologin");
                statement.execute(
                        "create table "
                                + schema
                                + ".member (id int primary key, name text, email text)");
                statement.execute(
                        "create table "
                                + schema
                                + ".account (member_id int primary key, balance bigint, debt"
                                + " bigint)");
                statement.execute(
                        "create table "
                                + schema
                                + ".purchase (id int primary key, member_id int, amount bigint)");
                statement.execute("create index on " + schema + ".purchase (member_id)");
                String rows = " from generate_series(0, " + (ROWS - 1) + ") as i";
                statement.execute(
                        "insert into "
                                + schema
                                + ".member select i, 'm' || i, i || '@x.org'"
                                + rows);
                statement.execute("insert into " + schema + ".account select i, i, 0" + rows);
                statement.execute("insert into " + schema + ".purchase select i, i, 100" + rows);
                statement.execute("grant usage on schema " + schema + " to " + schema);
                statement.execute(
                        "grant select, update on all tables in schema " + schema + " to " + schema);
                statement.execute(
                        "grant " + schema + " to regulars_app with inherit false, set true");
                statement.execute("grant usage on schema " + schema + " to regulars_owner");
                statement.execute(
                        "grant select, update on all tables in schema "
                                + schema
                                + " to regulars_owner");
            }
            statement.execute("analyze");
        }
    }

    private static double p50Micros(Postgres database, Way way, int shops, int transactions)
            throws SQLException {
        JdbcLogin login = way == Way.WITHOUT_ROLE ? database.owner() : database.app();
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("preparedStatementCacheQueries", Integer.toString(way.cache));
        properties.setProperty("preparedStatementCacheSizeMiB", "64");
        properties.setProperty("prepareThreshold", Integer.toString(way.prepareThreshold));
        Histogram micros = new Histogram(3);
        SplittableRandom dice = new SplittableRandom(1);
        try (Connection connection = DriverManager.getConnection(login.url(), properties)) {
            connection.setAutoCommit(false);
            for (int n = 0; n < 2 * transactions; n++) {
                long start = System.nanoTime();
                transaction(connection, way, schema(dice.nextInt(shops)), dice.nextInt(ROWS));
                if (n >= transactions) {
                    micros.recordValue((System.nanoTime() - start) / 1_000);
                }
            }
        }
        return micros.getValueAtPercentile(50);
    }

    private static void transaction(Connection connection, Way way, String schema, int member)
            throws SQLException {
        String role = way == Way.WITHOUT_ROLE ? "" : "set local role " + schema;
        List<String> statements = new ArrayList<>();
        if (!role.isEmpty()) {
            statements.add(role);
        }
        if (!way.qualified) {
            statements.add("select set_config('search_path', '" + schema + "', true)");
        }
        for (String query : QUERIES) {
            statements.add(query.replace("<t>.", way.qualified ? schema + "." : ""));
        }
        if (way == Way.FUSED) {
            send(connection, String.join(";\n", statements), member);
        } else {
            for (String statement : statements) {
                send(connection, statement, member);
            }
        }
        connection.commit();
    }

    private static void send(Connection connection, String sql, int member) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int wanted = (int) sql.chars().filter(c -> c == '?').count();
            for (int i = 1; i <= wanted; i++) {
                statement.setInt(i, member);
            }
            boolean rows = statement.execute();
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    try (ResultSet result = statement.getResultSet()) {
                        while (result.next()) {
                            result.getString(1);
                        }
                    }
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static String schema(int number) {
        return "shop_" + number;
    }
}
