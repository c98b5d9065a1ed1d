package io.regulars.bench;

import io.regulars.bench.Signups.Newcomer;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Load;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What changes with the number of shops. {@code BENCH_TENANTS=10,100,1000,10000} measures at these
 * numbers; ten thousand take an hour.
 */
final class TenantsBench implements Bench {

    private static final int CONNECTIONS = 8;
    private static final int TIMED = 20;

    private final List<Newcomer> shops = new ArrayList<>();
    private final AtomicLong orders = new AtomicLong();

    @Override
    public String name() {
        return "tenants";
    }

    /** What was found at one number of shops. */
    private record Level(
            int tenants,
            Series ready,
            Load.Outcome uniform,
            Load.Outcome skewed,
            double tickMillis,
            double serviceMegabytes,
            double backendMegabytes,
            double diskMegabytes) {}

    @Override
    public Section run(Lab lab) throws Exception {
        int[] wanted = levels(lab);
        Postgres database = lab.postgres();
        Signups signups = lab.mine(new Signups());
        Node node =
                lab.node(
                        database,
                        Map.of(
                                "SMTP_URL", signups.smtpUrl(),
                                "MAIL_FROM", "news@regulars.example",
                                "SPARE_SCHEMAS", "16",
                                // What signing up costs is then the shop's making, and not Argon2.
                                "PASSWORD_MEMORY_KIB", "64",
                                "RATE_LIMIT_ADDRESS", "0",
                                "RATE_LIMIT", "0",
                                "TICK", "2s"),
                        List.of("-Xmx256m"));
        List<Level> levels = new ArrayList<>();
        for (int tenants : wanted) {
            fill(lab, signups, node, tenants);
            levels.add(measure(lab, signups, node, database));
            lab.say(levels.getLast().toString());
        }
        Load.Outcome quiet = load(lab, node, false);
        Load.Outcome beside = besideSignups(lab, signups, node);
        node.stop();
        Rollout rollout = Rollout.of(lab, database);
        return report(levels, quiet, beside, rollout);
    }

    private static int[] levels(Lab lab) {
        String said =
                Optional.ofNullable(System.getenv("BENCH_TENANTS"))
                        .orElse(lab.quick() ? "5,10" : "10,100,1000");
        return Arrays.stream(said.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private void fill(Lab lab, Signups signups, Node node, int tenants) throws Exception {
        lab.say("up to " + tenants + " shops sign up");
        long start = System.nanoTime();
        shops.addAll(signups.several(node, tenants - shops.size(), (client, shop) -> {}));
        lab.say(String.format(Locale.ROOT, "which took %.0f s", (System.nanoTime() - start) / 1e9));
    }

    private Level measure(Lab lab, Signups signups, Node node, Postgres database) throws Exception {
        int tenants = shops.size();
        List<Double> ready = new ArrayList<>();
        try (Client client = node.client()) {
            for (int i = 0; i < lab.sized(TIMED, 3); i++) {
                Newcomer newcomer = signups.signUp(client);
                ready.add(newcomer.readyMillis());
                shops.add(newcomer);
            }
        }
        Load.Outcome uniform = load(lab, node, false);
        Load.Outcome skewed = load(lab, node, true);
        return new Level(
                tenants,
                new Series(ready),
                uniform,
                skewed,
                Vitals.tickMillis(node),
                node.residentMegabytes(),
                Vitals.largestBackendMegabytes(database),
                Vitals.databaseMegabytes(database));
    }

    private Load.Outcome load(Lab lab, Node node, boolean skewed) throws IOException {
        Load load =
                new Load(
                        CONNECTIONS,
                        Duration.ofSeconds(lab.sized(5, 1)),
                        Duration.ofSeconds(lab.sized(10, 2)));
        List<SplittableRandom> randoms =
                IntStream.range(0, CONNECTIONS).mapToObj(SplittableRandom::new).toList();
        List<Newcomer> there = List.copyOf(shops);
        return load.run(
                        node.base(),
                        201,
                        (connection, n) -> {
                            SplittableRandom random = randoms.get(connection);
                            Newcomer shop = there.get(which(random, there.size(), skewed));
                            return Signups.purchase(
                                    shop.key(), shop.member(), "o" + orders.incrementAndGet());
                        })
                .allWell();
    }

    /** Skewed: the n-th shop about n times as rarely as the first. */
    private static int which(SplittableRandom random, int shops, boolean skewed) {
        return skewed
                ? Math.min(shops - 1, (int) Math.pow(shops, random.nextDouble()) - 1)
                : random.nextInt(shops);
    }

    private Load.Outcome besideSignups(Lab lab, Signups signups, Node node) throws Exception {
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> newcomers = threads.submit(() -> signUpWhile(on, signups, node));
            try {
                return load(lab, node, false);
            } finally {
                on.set(false);
                lab.say(newcomers.get() + " signups meanwhile");
            }
        }
    }

    private static int signUpWhile(AtomicBoolean on, Signups signups, Node node)
            throws IOException {
        int count = 0;
        try (Client client = node.client()) {
            for (; on.get(); count++) {
                signups.signUp(client);
            }
        }
        return count;
    }

    private static Section report(
            List<Level> levels, Load.Outcome quiet, Load.Outcome beside, Rollout rollout) {
        Level least = levels.getFirst();
        List<Figure> figures = new ArrayList<>();
        for (Level level : levels) {
            String at = String.format(Locale.ROOT, "%,d shops: ", level.tenants());
            String small = least.tenants() + " shops";
            figures.add(
                    Figure.of(at + "verified to first purchase", "ms", level.ready())
                            .against(small, least.ready())
                            .reach(Goal.ratioAtMost(2)));
            figures.add(
                    Figure.of(at + "purchase p99, any shop", "ms", level.uniform().p99Millis())
                            .against(small, Series.of(least.uniform().p99Millis()))
                            .reach(Goal.ratioAtMost(3)));
            figures.add(
                    Figure.of(
                                    at + "purchase p99, some shops busier",
                                    "ms",
                                    level.skewed().p99Millis())
                            .against(small, Series.of(least.skewed().p99Millis()))
                            .reach(Goal.ratioAtMost(1.5)));
            figures.add(
                    Figure.of(at + "purchase p50, any shop", "ms", level.uniform().p50Millis()));
            figures.add(
                    Figure.of(at + "tick with nothing due", "ms", level.tickMillis())
                            .reach(Goal.atMost(100)));
            figures.add(Figure.of(at + "service, resident", "MB", level.serviceMegabytes()));
            figures.add(
                    Figure.of(at + "largest backend, own memory", "MB", level.backendMegabytes()));
            figures.add(
                    Figure.of(
                            at + "disk for a shop", "MB", level.diskMegabytes() / level.tenants()));
        }
        figures.add(
                Figure.of("purchase p99 while shops sign up", "ms", beside.p99Millis())
                        .against("without", Series.of(quiet.p99Millis())));
        figures.add(
                Figure.of(
                                String.format(
                                        Locale.ROOT,
                                        "one more column in all %,d schemas",
                                        rollout.schemas()),
                                "s",
                                rollout.seconds())
                        .reach(Goal.atMost(300)));
        return Section.of(
                "what changes with the number of shops",
                "Shops sign up over the API, each with a member and a purchase. Purchases of two lines over "
                        + CONNECTIONS
                        + " connections, in any shop alike or in the n-th one n times as rarely as in the first; heap of the"
                        + " service 256 MB, PostgreSQL as embedded (128 MB of shared buffers). The column comes by"
                        + " `./regulars migrate`, three schemas at a time.",
                figures);
    }
}
