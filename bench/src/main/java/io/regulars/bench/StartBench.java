package io.regulars.bench;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import java.util.ArrayList;
import java.util.List;

/** From the command to the first 200 of {@code /readyz}, on a database that was used before. */
final class StartBench implements Bench {

    private static final int REPEATS = 9;
    private static final double GOAL_S = 2.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        List<Double> after = new ArrayList<>();
        double first = start(lab, database);
        // Whatever a stop leaves for the next start is there from now on.
        start(lab, database);
        for (int i = 0; i < lab.sized(REPEATS, 3); i++) {
            after.add(start(lab, database));
        }
        return Section.of(
                "cold start to ready",
                "`./regulars server` on an external PostgreSQL with its migrations done, a new"
                        + " process each time, from the command to the first 200 of `/readyz` (asked"
                        + " every 10 ms).",
                List.of(
                        Figure.of("start", "s", new Series(after)).reach(Goal.atMost(GOAL_S)),
                        Figure.of("the very first, which makes all tables", "s", first)));
    }

    private static double start(Lab lab, Postgres database) throws Exception {
        try (Node node = lab.node(database)) {
            return node.startTook().toNanos() / 1e9;
        }
    }
}
