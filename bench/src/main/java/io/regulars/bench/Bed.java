package io.regulars.bench;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Load;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Busy shops on one service, and pgbench beside it: what the benches of single calls stand on. */
record Bed(Lab lab, Postgres database, Node node, Town town, int members) {

    static final int CONNECTIONS = 16;

    private static final int REPEATS = 3;
    private static final double GOAL = 0.5;

    /** What is asked of a shop about one of its members. */
    @FunctionalInterface
    interface Question {
        Request of(Town.Place place, int member);
    }

    /**
     * What one question brought.
     *
     * @param theirs transactions of pgbench a second; empty on a machine without it
     */
    record Rounds(Measured ours, List<Double> theirs) {

        Figure throughput(String what) {
            Figure figure = Figure.of(what, "/s", ours.perSecond());
            return theirs.isEmpty()
                    ? figure
                    : figure.against("pgbench", new Series(theirs)).reach(Goal.ratioAtLeast(GOAL));
        }
    }

    static Bed of(Lab lab, int shops, int members) throws Exception {
        Postgres database = lab.postgres(SqlLog.SETTINGS);
        Node node = lab.node(database, Map.of("PASSWORD_MEMORY_KIB", "64"), List.of());
        return new Bed(lab, database, node, Town.build(lab, node, shops, members), members);
    }

    /**
     * Its statements in each shop, for a member at random in the place of the recorded one.
     *
     * @param also what else stands for a recorded value
     */
    List<String> scripts(PgbenchScript script, Map<String, String> also) {
        String recorded = town.get(0).members().get(1).toString();
        return town.places().stream()
                .map(place -> {
                    Map<String, String> values = new HashMap<>(also);
                    values.put(recorded, PgbenchScript.member(place));
                    return script.inShop(place, values);
                })
                .toList();
    }

    /** Asks in any shop about anybody, in turns with pgbench. */
    Rounds inTurns(
            int wanted, Question question, List<String> scripts, Duration warmUp, Duration measured)
            throws IOException {
        Pgbench pgbench = new Pgbench(database, lab.directory().resolve("pgbench"));
        boolean reference = Pgbench.there();
        Measured ours = new Measured();
        List<Double> theirs = new ArrayList<>();
        Load load = new Load(CONNECTIONS, warmUp, measured);
        for (int i = 0; i < lab.sized(REPEATS, 1); i++) {
            double cpu = node.cpu().toNanos() / 1e9;
            Load.Outcome outcome = load.run(node.base(), wanted, traffic(question, i)).allWell();
            ours.add(outcome);
            say(load, outcome, node.cpu().toNanos() / 1e9 - cpu);
            if (reference) {
                theirs.add(pgbench.run(scripts, CONNECTIONS, warmUp, measured));
                lab.say("pgbench " + Math.round(theirs.getLast()) + " transactions/s");
            }
            // The service keeps its connections; pgbench makes new ones each time.
            load = new Load(CONNECTIONS, warmUp.dividedBy(4), measured);
        }
        return new Rounds(ours, theirs);
    }

    private Load.Traffic traffic(Question question, int repeat) {
        SplittableRandom[] random = new SplittableRandom[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            random[i] = new SplittableRandom(repeat * 100L + i);
        }
        return (connection, n) -> {
            SplittableRandom dice = random[connection];
            Town.Place place = town.get(dice.nextInt(town.places().size()));
            return question.of(place, dice.nextInt(members));
        };
    }

    private void say(Load load, Load.Outcome outcome, double processor) {
        lab.say(
                String.format(
                        Locale.ROOT,
                        "%.0f/s, p50 %.1f ms, p99 %.1f ms; the service used %.1f s of processor in"
                                + " %d s",
                        outcome.perSecond(),
                        outcome.p50Millis(),
                        outcome.p99Millis(),
                        processor,
                        load.warmUp().plus(load.measured()).toSeconds()));
    }
}
