package io.regulars.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A real till's year through the import, against COPY of what came out of it. */
final class ImportBench implements Bench {

    private static final int REPEATS = 3;
    private static final Duration DONE_WITHIN = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "import";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Path data =
                lab.root().resolve("../shared/data/online_retail/online_retail.csv.gz").normalize();
        if (!Files.exists(data)) {
            throw new IOException("the data are not at " + data);
        }
        Path csv = lab.directory().resolve("purchases.csv");
        long rows = RetailCsv.write(data, csv, lab.quick() ? 20_000 : Long.MAX_VALUE);
        Postgres database = lab.postgres();
        Node node = lab.node(database, Map.of("PASSWORD_MEMORY_KIB", "64"), List.of());
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<String> copied = List.of();
        try (Client client = node.client()) {
            for (int i = 0; i < lab.sized(REPEATS, 1); i++) {
                Shop shop = Shop.signUp(client, Map.of("currency", "GBP"));
                double seconds = importAll(client, shop, csv, rows);
                ours.add(rows / seconds);
                copied = copyAll(database, shop.schema(database), lab.directory());
                double copying = Double.parseDouble(copied.getFirst());
                theirs.add(rows / copying);
                lab.say(String.format(Locale.ROOT, "import %.1f s, COPY %.1f s", seconds, copying));
            }
        }
        return Section.of(
                "a real till through the import",
                String.format(
                        Locale.ROOT,
                        "%,d lines of UCI Online Retail (invoices of known customers) as a"
                                + " purchases CSV: `POST /v1/imports` and until `completed`, into a new"
                                + " shop each time. The reference is binary `COPY` of all that the"
                                + " import wrote (%s), over one connection, into empty tables with the"
                                + " same columns, constraints and indexes; both in lines of the CSV a"
                                + " second.",
                        rows,
                        String.join(", ", copied.subList(1, copied.size()))),
                List.of(
                        Figure.of("lines", "/s", new Series(ours))
                                .against("COPY", new Series(theirs))
                                .reach(Goal.ratioAtLeast(0.3)),
                        Figure.of("memory of the service", "MB", node.residentMegabytes())));
    }

    private static double importAll(Client client, Shop shop, Path csv, long rows)
            throws IOException {
        long start = System.nanoTime();
        String id =
                client.send(
                                new Request(
                                        "POST",
                                        "/v1/imports?kind=purchases",
                                        shop.key(),
                                        "text/csv",
                                        Files.readAllBytes(csv)))
                        .expect(202)
                        .json()
                        .get("id")
                        .asText();
        while (System.nanoTime() - start < DONE_WITHIN.toNanos()) {
            JsonNode job =
                    client.send(Request.get("/v1/imports/" + id).as(shop.key())).expect(200).json();
            if (job.get("status").asText().equals("completed")) {
                if (job.get("imported").asLong() != rows) {
                    throw new IOException("not all rows were imported: " + job);
                }
                return (System.nanoTime() - start) / 1e9;
            }
            if (job.get("status").asText().equals("failed")) {
                throw new IOException("the import failed: " + job);
            }
            Pauses.of(Duration.ofMillis(50));
        }
        throw new IOException("the import took longer than " + DONE_WITHIN);
    }

    /**
     * @return seconds, then the tables with their rows
     */
    private static List<String> copyAll(Postgres database, String schema, Path directory)
            throws IOException, SQLException {
        List<String> copied = new ArrayList<>();
        double seconds = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists reference cascade");
            statement.execute("create schema reference");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (String table : written(statement, schema)) {
                Path file = directory.resolve(table + ".copy");
                try (OutputStream out = Files.newOutputStream(file)) {
                    copy.copyOut(
                            "copy " + schema + "." + table + " to stdout (format binary)", out);
                }
                statement.execute(
                        "create table reference."
                                + table
                                + " (like "
                                + schema
                                + "."
                                + table
                                + " including all)");
                long start = System.nanoTime();
                long rows;
                try (InputStream in = Files.newInputStream(file)) {
                    rows =
                            copy.copyIn(
                                    "copy reference." + table + " from stdin (format binary)", in);
                }
                seconds += (System.nanoTime() - start) / 1e9;
                copied.add(String.format(Locale.ROOT, "`%s` %,d", table, rows));
                Files.delete(file);
            }
        }
        copied.addFirst(Double.toString(seconds));
        return copied;
    }

    /** All tables with rows, but those that say how the import itself went. */
    private static List<String> written(Statement statement, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names =
                statement.executeQuery(
                        "select relname from pg_class where relnamespace = '"
                                + schema
                                + "'::regnamespace and relkind = 'r' and relname !~"
                                + " '^(import|setting|program)' order by relname")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        List<String> filled = new ArrayList<>();
        for (String table : tables) {
            try (ResultSet any =
                    statement.executeQuery(
                            "select exists (select from " + schema + "." + table + ")")) {
                if (any.next() && any.getBoolean(1)) {
                    filled.add(table);
                }
            }
        }
        return filled;
    }
}
