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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        CopyReference reference = new CopyReference(database, lab.directory());
        try (Client client = node.client()) {
            for (int i = 0; i <= lab.sized(REPEATS, 1); i++) {
                Shop shop = Shop.signUp(client, Map.of("currency", "GBP"));
                database.execute("checkpoint");
                double seconds = importAll(client, shop, csv, rows);
                database.execute("checkpoint");
                double copying = reference.copyAll(shop.schema(database));
                lab.say(String.format(Locale.ROOT, "import %.1f s, COPY %.1f s", seconds, copying));
                // The first round only warms the service.
                if (i > 0) {
                    ours.add(rows / seconds);
                    theirs.add(rows / copying);
                }
            }
        }
        return Section.of(
                "a real till through the import",
                String.format(
                        Locale.ROOT,
                        "%,d lines of UCI Online Retail (invoices of known customers) as a"
                                + " purchases CSV: `POST /v1/imports` and until `completed`, into a new"
                                + " shop each time, after a first round that does not count. The"
                                + " reference is binary `COPY` of all rows that came out of it (%s),"
                                + " over one connection, into empty tables with the same columns,"
                                + " constraints, indexes and foreign keys; both in lines of the CSV a"
                                + " second.",
                        rows,
                        reference.copied()),
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
}
