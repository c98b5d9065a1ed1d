package io.regulars.bench;

import io.regulars.bench.SqlLog.Sent;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Purchases of three lines in many shops, against pgbench with the same statements. */
final class PurchaseBench implements Bench {

    private final AtomicLong orders = new AtomicLong();

    @Override
    public String name() {
        return "purchase";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        int shops = lab.sized(500, 20);
        int members = lab.sized(200, 50);
        Bed bed = Bed.of(lab, shops, members);
        Duration warmUp = Duration.ofSeconds(lab.sized(16, 4));
        Duration measured = Duration.ofSeconds(lab.sized(15, 3));
        PgbenchScript script = record(bed);
        Bed.Rounds rounds =
                bed.inTurns(
                        201,
                        (place, member) ->
                                purchase(
                                        place,
                                        place.memberId(member),
                                        "o" + orders.incrementAndGet()),
                        scripts(bed, script),
                        warmUp,
                        measured);
        Measured ours = rounds.ours();
        Section section =
                Section.of(
                        "three lines, tiers, stamps and events over HTTP",
                        String.format(
                                Locale.ROOT,
                                "`POST /v1/purchases` over %d connections, shops and members at"
                                        + " random among %d shops with %d members each; a program with"
                                        + " points, three tiers and a stamp card. %d s of warm-up (a"
                                        + " quarter from the second time on) and %d s measured, in"
                                        + " turns with pgbench, which sends the same %d statements,"
                                        + " prepared, one after the other, over as many connections to"
                                        + " the same database.",
                                Bed.CONNECTIONS,
                                shops,
                                members,
                                warmUp.toSeconds(),
                                measured.toSeconds(),
                                script.statements()),
                        List.of(
                                rounds.throughput("purchases"),
                                Figure.of("p50", "ms", ours.p50()),
                                Figure.of("p99", "ms", ours.p99()),
                                Figure.of("p99 / p50", "", ours.tail()).reach(Goal.atMost(10)),
                                Figure.of(
                                        "memory of the service",
                                        "MB",
                                        bed.node().residentMegabytes())));
        return Pgbench.there() ? section : section.with(Pgbench.MISSING);
    }

    private PgbenchScript record(Bed bed) throws Exception {
        Town.Place place = bed.town().get(0);
        try (Client client = bed.node().client()) {
            for (int member : new int[] {0, 1, 0, 1}) {
                buy(client, place, member, "before-" + orders.incrementAndGet());
            }
            return new PgbenchScript(
                    recordOne(bed, client, 0, "recorded-1"),
                    recordOne(bed, client, 1, "recorded-2"),
                    ColumnTypes.of(bed.database(), place.schema()));
        }
    }

    private static List<Sent> recordOne(Bed bed, Client client, int member, String order)
            throws Exception {
        Town.Place place = bed.town().get(0);
        return SqlLog.transaction(
                bed.database(), place.schema(), order, () -> buy(client, place, member, order));
    }

    private static List<String> scripts(Bed bed, PgbenchScript script) {
        return bed.scripts(
                script,
                Map.of(
                        "recorded-2",
                        "('p' || :w::int || '-' || :n::bigint)",
                        "{recorded-2}",
                        "array['p' || :w::int || '-' || :n::bigint]"));
    }

    private static void buy(Client client, Town.Place place, int member, String order)
            throws IOException {
        client.send(purchase(place, place.memberId(member), order)).expect(201);
    }

    private static Request purchase(Town.Place place, String member, String order) {
        return Request.post(
                        "/v1/purchases",
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                order,
                                "member",
                                member,
                                "amount",
                                1_850,
                                "lines",
                                List.of(
                                        line("LATTE", "coffee", 2, 900),
                                        line("CROISSANT", "food", 1, 400),
                                        line("BEANS", "retail", 1, 550))))
                .as(place.shop().key());
    }

    private static Map<String, Object> line(String sku, String category, int quantity, int amount) {
        return Map.of("sku", sku, "category", category, "quantity", quantity, "amount", amount);
    }
}
