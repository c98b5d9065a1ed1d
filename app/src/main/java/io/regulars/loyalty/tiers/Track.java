package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One member's history as far as tiers count it, by moment; and as it was before refunds. */
final class Track {

    private final Instant joinedAt;
    private final NavigableMap<Instant, Counted> counted = new TreeMap<>();
    private final NavigableMap<Instant, Counted> takenBack = new TreeMap<>();

    Track(Instant joinedAt) {
        this.joinedAt = joinedAt;
    }

    Instant joinedAt() {
        return joinedAt;
    }

    void add(Instant at, Counted what) {
        counted.merge(at, what, Counted::plus);
    }

    void takeBack(Instant at, Counted what) {
        takenBack.merge(at, what, Counted::plus);
        add(at, new Counted(-what.spend(), -what.purchases(), -what.points()));
    }

    List<Fact> facts(TierScheme.Basis basis) {
        return facts(counted, basis);
    }

    /** As they were before what this transaction took back. */
    List<Fact> factsBefore(TierScheme.Basis basis) {
        NavigableMap<Instant, Counted> before = new TreeMap<>(counted);
        takenBack.forEach((at, what) -> before.merge(at, what, Counted::plus));
        return facts(before, basis);
    }

    void forgetRefunds() {
        takenBack.clear();
    }

    private static List<Fact> facts(
            NavigableMap<Instant, Counted> counted, TierScheme.Basis basis) {
        List<Fact> facts = new ArrayList<>();
        for (Map.Entry<Instant, Counted> entry : counted.entrySet()) {
            long value = entry.getValue().by(basis);
            if (value != 0) {
                facts.add(new Fact(entry.getKey(), value));
            }
        }
        return facts;
    }
}
