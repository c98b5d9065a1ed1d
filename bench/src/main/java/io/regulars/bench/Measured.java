package io.regulars.bench;

import io.regulars.bench.lab.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The repeats of one load. */
final class Measured {

    private final List<Load.Outcome> outcomes = new ArrayList<>();

    void add(Load.Outcome outcome) {
        outcomes.add(outcome);
    }

    Series perSecond() {
        return series(Load.Outcome::perSecond);
    }

    Series p50() {
        return series(Load.Outcome::p50Millis);
    }

    Series p99() {
        return series(Load.Outcome::p99Millis);
    }

    /** How much longer the slowest hundredth waits than most. */
    Series tail() {
        return series(one -> one.p99Millis() / one.p50Millis());
    }

    private Series series(ToDoubleFunction<Load.Outcome> figure) {
        return new Series(outcomes.stream().mapToDouble(figure).boxed().toList());
    }
}
