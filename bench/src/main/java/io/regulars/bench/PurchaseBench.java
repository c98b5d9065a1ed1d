package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Load;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Purchases of three lines in many shops, against pgbench with the same statements. */
final class PurchaseBench implements Bench {

    private static final int CONNECTIONS = 16;
    private static final int REPEATS = 3;

    private final AtomicLong orders = new AtomicLong();

    @Override
    public String name() {
        return "purchase";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres(SqlLog.SETTINGS);
        int shops = lab.sized(500, 20);
        int members = lab.sized(200, 50);
        Node node = lab.node(database, Map.of("PASSWORD_MEMORY_KIB", "64"), List.of());
        Town town = Town.build(lab, node, shops, members);
        Duration warmUp = Duration.ofSeconds(lab.sized(16, 4));
        Duration measured = Duration.ofSeconds(lab.sized(15, 3));
        PgbenchScript script = record(database, node, town);
        List<String> scripts = scripts(town, script);
        boolean reference = Pgbench.there();
        Pgbench pgbench = new Pgbench(database, lab.directory().resolve("pgbench"));
        Measured ours = new Measured();
        List<Double> theirs = new ArrayList<>();
        Load load = new Load(CONNECTIONS, warmUp, measured);
        for (int i = 0; i < lab.sized(REPEATS, 1); i++) {
            double cpu = node.cpu().toNanos() / 1e9;
            Load.Outcome outcome = load.run(node.base(), 201, traffic(town, members, i)).allWell();
            ours.add(outcome);
            say(lab, load, outcome, node.cpu().toNanos() / 1e9 - cpu);
            if (reference) {
                theirs.add(pgbench.run(scripts, CONNECTIONS, warmUp, measured));
                lab.say("pgbench " + Math.round(theirs.getLast()) + " transactions/s");
            }
            // The service keeps its connections; pgbench makes new ones each time.
            load = new Load(CONNECTIONS, warmUp.dividedBy(4), measured);
        }
        Figure throughput = Figure.of("purchases", "/s", ours.perSecond());
        if (reference) {
            throughput =
                    throughput.against("pgbench", new Series(theirs)).reach(Goal.ratioAtLeast(0.5));
        }
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
                                CONNECTIONS,
                                shops,
                                members,
                                warmUp.toSeconds(),
                                measured.toSeconds(),
                                script.statements()),
                        List.of(
                                throughput,
                                Figure.of("p50", "ms", ours.p50()),
                                Figure.of("p99", "ms", ours.p99()),
                                Figure.of("p99 / p50", "", ours.tail()).reach(Goal.atMost(10)),
                                Figure.of(
                                        "memory of the service", "MB", node.residentMegabytes())));
        return reference ? section : section.with(Pgbench.MISSING);
    }

    private static void say(Lab lab, Load load, Load.Outcome outcome, double processor) {
        lab.say(
                String.format(
                        Locale.ROOT,
                        "%.0f purchases/s, p50 %.1f ms, p99 %.1f ms; the service used %.1f s of"
                                + " processor in %d s",
                        outcome.perSecond(),
                        outcome.p50Millis(),
                        outcome.p99Millis(),
                        processor,
                        load.warmUp().plus(load.measured()).toSeconds()));
    }

    private PgbenchScript record(Postgres database, Node node, Town town) throws Exception {
        Town.Place place = town.get(0);
        try (Client client = node.client()) {
            for (int member : new int[] {0, 1, 0, 1}) {
                buy(client, place, member, "before-" + orders.incrementAndGet());
            }
            return new PgbenchScript(
                    SqlLog.transaction(
                            database,
                            place.schema(),
                            "recorded-1",
                            () -> buy(client, place, 0, "recorded-1")),
                    SqlLog.transaction(
                            database,
                            place.schema(),
                            "recorded-2",
                            () -> buy(client, place, 1, "recorded-2")),
                    ColumnTypes.of(database, place.schema()));
        }
    }

    private static List<String> scripts(Town town, PgbenchScript script) {
        String recorded = town.get(0).members().get(1).toString();
        return town.places().stream()
                .map(place ->
                        script.inShop(
                                place,
                                Map.of(
                                        recorded,
                                        PgbenchScript.member(place),
                                        "recorded-2",
                                        "('p' || :w::int || '-' || :n::bigint)",
                                        "{recorded-2}",
                                        "array['p' || :w::int || '-' || :n::bigint]")))
                .toList();
    }

    private Load.Traffic traffic(Town town, int members, int repeat) {
        SplittableRandom[] random = new SplittableRandom[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            random[i] = new SplittableRandom(repeat * 100L + i);
        }
        return (connection, n) -> {
            SplittableRandom dice = random[connection];
            Town.Place place = town.get(dice.nextInt(town.places().size()));
            return purchase(
                    place, place.memberId(dice.nextInt(members)), "o" + orders.incrementAndGet());
        };
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
