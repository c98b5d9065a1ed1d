package io.regulars.faults;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.faults.Finding.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fault that hits the town while people buy, redeem, and a mail goes out to all members; then
 * everybody waits until it works by itself again.
 */
record InTraffic(String name, String title, String text, Town.Plan plan, Ground ground, Act act)
        implements Fault {

    private static final String ROUND = "Autumn round";
    private static final Duration CALM = Duration.ofSeconds(6);
    private static final Duration WELL_AGAIN = Duration.ofMinutes(3);
    private static final Duration WELL = Duration.ofSeconds(4);

    /** What happens to the town. */
    @FunctionalInterface
    interface Act {
        /**
         * Does it, and returns when it is over, with what is to be noted. A mail round is going out
         * at that moment.
         */
        List<String> on(Town town) throws Exception;
    }

    /** Where the database lies. */
    @FunctionalInterface
    interface Ground {
        /**
         * @return empty if this machine cannot offer it
         */
        Optional<Postgres> in(Lab lab) throws Exception;
    }

    static InTraffic of(String name, String title, String text, Town.Plan plan, Act act) {
        return new InTraffic(name, title, text, plan, lab -> Optional.of(lab.postgres()), act);
    }

    InTraffic on(Ground special) {
        return new InTraffic(name, title, text, plan, special, act);
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        Optional<Postgres> database = ground.in(lab);
        if (database.isEmpty()) {
            lab.postgres();
            return new Finding(title, text, List.of(), List.of("skipped: not possible here"));
        }
        Town town = Town.build(lab, database.get(), plan);
        List<String> figures = new ArrayList<>();
        try (Shoppers shoppers = new Shoppers(town)) {
            Pauses.of(CALM);
            town.broadcast(ROUND);
            if (!Town.await(Duration.ofSeconds(60), () -> isUnderWay(town))) {
                throw new IOException("no mail went out before anything was broken");
            }
            shoppers.pulse(0).reset();
            shoppers.pulse(1).reset();
            lab.say("breaking it");
            long begun = System.nanoTime();
            List<String> noted = act.on(town);
            long over = System.nanoTime();
            lab.say("over; waiting until it works again");
            boolean well = Town.await(WELL_AGAIN, () -> isWell(town, shoppers));
            long settled = System.nanoTime();
            figures.add("it lasted " + seconds(over - begun));
            for (int node = 0; node < 2; node++) {
                figures.add(node(shoppers.pulse(node), node, over));
            }
            figures.add(
                    well
                            ? Words.of(
                                    "all mail had left and every webhook had arrived %s after it was over",
                                    seconds(settled - over))
                            : "**not all well within " + WELL_AGAIN.toMinutes() + " minutes**");
            figures.addAll(noted);
            return finding(town, shoppers, figures, well);
        }
    }

    private Finding finding(Town town, Shoppers shoppers, List<String> figures, boolean well)
            throws Exception {
        shoppers.close();
        Books books = new Books(town);
        List<Check> checks = new ArrayList<>();
        checks.add(
                new Check(
                        "the service recovers by itself",
                        well,
                        well ? "yes" : "not all of it: " + trouble(town, shoppers)));
        checks.addAll(books.after(shoppers));
        checks.addAll(books.mail(ROUND, Math.max(plan.members(), Town.BUYERS + 2)));
        figures.add(
                Words.of(
                        "the longest that a shopper who keeps asking waited for an answer: %s; %d requests were sent again",
                        seconds(shoppers.longestWait().toNanos()), shoppers.retries()));
        return new Finding(title, text, checks, figures);
    }

    private static String trouble(Town town, Shoppers shoppers) throws Exception {
        return Words.of(
                "node A well %s, node B well %s, %d messages and %d deliveries open",
                shoppers.pulse(0).isWell(WELL),
                shoppers.pulse(1).isWell(WELL),
                town.messages("'planned', 'sending', 'retry'"),
                deliveries(town));
    }

    private static String node(Pulse pulse, int node, long over) {
        String name = node == 0 ? "node A" : "node B";
        return pulse.away()
                .map(away ->
                        Words.of(
                                "%s: %d purchases got no answer within 2 s or a refusal, over %s; the last of them %s after it was over",
                                name,
                                pulse.failures(),
                                seconds(away.toNanos()),
                                seconds(pulse.backAfter(over).toNanos())))
                .orElse(name + ": every purchase was answered within 2 s");
    }

    private static boolean isUnderWay(Town town) {
        try {
            return town.mails(ROUND) > 30;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isWell(Town town, Shoppers shoppers) {
        try {
            return shoppers.pulse(0).isWell(WELL)
                    && shoppers.pulse(1).isWell(WELL)
                    && town.messages("'planned', 'sending', 'retry'") == 0
                    && town.messages("'sent', 'unknown'") > 0
                    && deliveries(town) < 20;
        } catch (Exception e) {
            return false;
        }
    }

    /** Webhooks on their way; with purchases going on there are always a few. */
    private static long deliveries(Town town) throws Exception {
        return Long.parseLong(
                town.database()
                        .ask(
                                "select count(*) from "
                                        + town.schema()
                                        + ".webhook_delivery where state in ('pending', 'sending', 'retry')"));
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
