package io.regulars.bench;

import io.regulars.bench.Signups.Newcomer;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A thousand shops that sign up one after the other, and what those that are there already notice
 * of it: their tills sell all the while at a steady pace, as people buy, and not as fast as they
 * are answered.
 */
final class SignupsBench implements Bench {

    private static final int PER_SECOND = 20;

    @Override
    public String name() {
        return "signups";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        int wanted = lab.sized(1_000, 30);
        int old = lab.sized(50, 5);
        Postgres database = lab.postgres();
        Signups signups = lab.mine(new Signups());
        Node node =
                lab.node(
                        database,
                        Map.of(
                                "SMTP_URL", signups.smtpUrl(),
                                "MAIL_FROM", "news@regulars.example",
                                // All come from one address here.
                                "RATE_LIMIT_ADDRESS", "0"),
                        List.of("-Xmx256m"));
        List<Newcomer> shops = new ArrayList<>();
        try (Client client = node.client()) {
            while (shops.size() < old) {
                shops.add(signups.signUp(client));
            }
            lab.say(old + " shops are there and sell");
            sell(node, shops, Duration.ofSeconds(lab.sized(5, 2)));
            Histogram quiet = sell(node, shops, Duration.ofSeconds(lab.sized(25, 5)));
            lab.say((wanted - old) + " more sign up");
            long start = System.nanoTime();
            List<Double> ready = new ArrayList<>();
            Histogram beside =
                    besides(
                            node,
                            shops,
                            () -> {
                                while (ready.size() < wanted - old) {
                                    ready.add(signups.signUp(client).readyMillis());
                                }
                            });
            double seconds = (System.nanoTime() - start) / 1e9;
            return report(ready, seconds, List.of(quiet, beside), wanted);
        }
    }

    /** What goes on while tills sell. */
    private interface Work {
        void run() throws IOException;
    }

    private static Histogram sell(Node node, List<Newcomer> shops, Duration time) throws Exception {
        return besides(node, shops, () -> Pauses.of(time));
    }

    private static Histogram besides(Node node, List<Newcomer> shops, Work work) throws Exception {
        AtomicBoolean open = new AtomicBoolean(true);
        try (ExecutorService till = Executors.newFixedThreadPool(2)) {
            List<Future<Histogram>> tills =
                    List.of(
                            till.submit(() -> sell(node, shops, 0, open)),
                            till.submit(() -> sell(node, shops, 1, open)));
            try {
                work.run();
            } finally {
                open.set(false);
            }
            Histogram both = tills.getFirst().get();
            both.add(tills.getLast().get());
            return both;
        }
    }

    /**
     * One till, from shop to shop; answers how long each buyer waited from the moment they came up
     * to it, the queue before them included, in microseconds.
     */
    private static Histogram sell(Node node, List<Newcomer> shops, int till, AtomicBoolean open)
            throws IOException {
        Histogram waited = new Histogram(3);
        long pace = Duration.ofSeconds(2).toNanos() / PER_SECOND;
        String day = "t" + till + "-" + System.nanoTime() + "-";
        try (Client client = node.client()) {
            long due = System.nanoTime() + till * pace / 2;
            for (int n = 0; open.get(); n++, due += pace) {
                LockSupport.parkNanos(due - System.nanoTime());
                Newcomer shop = shops.get((2 * n + till) % shops.size());
                client.send(Signups.purchase(shop.key(), shop.member(), day + n)).expect(201);
                waited.recordValue((System.nanoTime() - due) / 1_000);
            }
        }
        return waited;
    }

    private static Section report(
            List<Double> ready, double seconds, List<Histogram> sold, int wanted) {
        Series all = new Series(ready);
        Histogram quiet = sold.getFirst();
        Histogram beside = sold.getLast();
        return Section.of(
                        String.format(Locale.ROOT, "%,d shops sign up in a row", wanted),
                        String.format(
                                Locale.ROOT,
                                "Each signs up over the API, follows the link of the mail, enrols a member and records a"
                                        + " purchase, and then comes the next. Ready is the time from the link to the"
                                        + " recorded purchase: the sum of the server's three answers. Beside them two"
                                        + " tills of those shops that were there first record %d purchases a second;"
                                        + " their times count from when the buyer came. Settings as they come, heap of"
                                        + " the service 256 MB.",
                                PER_SECOND),
                        List.of(
                                Figure.of("verified to first purchase", "ms", all)
                                        .reach(Goal.atMost(300)),
                                Figure.of(
                                        "the same, slowest of a hundred", "ms", all.percentile(99)),
                                Figure.of("the same, the last hundred", "ms", all.last(100)),
                                Figure.of("signups", "/s", ready.size() / seconds),
                                millis("purchase p50 while shops sign up", beside, quiet, 50),
                                millis("purchase p99 while shops sign up", beside, quiet, 99),
                                millis("the longest purchase", beside, quiet, 100)))
                .with(
                        String.format(
                                Locale.ROOT,
                                "%,d purchases without signups and %,d beside them.",
                                quiet.getTotalCount(),
                                beside.getTotalCount()));
    }

    private static Figure millis(String what, Histogram one, Histogram other, double percentile) {
        return Figure.of(what, "ms", one.getValueAtPercentile(percentile) / 1e3)
                .against("without", Series.of(other.getValueAtPercentile(percentile) / 1e3));
    }
}
