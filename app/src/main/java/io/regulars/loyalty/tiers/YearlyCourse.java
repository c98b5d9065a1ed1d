package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.TierScheme.Policy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows that follow each other: a tier reached in one is held to the end of the next and through
 * its days of grace, and, not reached again until then, falls as the policy says. What happens in
 * the days of grace counts in its own window and, for keeping a tier, in the one before too.
 */
final class YearlyCourse implements Course {

    private final TierScheme scheme;
    private final Years years;
    private final Policy policy;

    YearlyCourse(TierScheme scheme, Years years) {
        this.scheme = scheme;
        this.years = years;
        // What counts for a lifetime never grows less with time.
        this.policy =
                years.window() == TierScheme.Window.LIFETIME
                        ? Policy.NONE
                        : scheme.downgradePolicy();
    }

    @Override
    public Standing replay(List<Fact> facts, Instant now) {
        Map<Integer, Long> sums = new HashMap<>();
        Standing standing = Standing.FIRST;
        for (Fact fact : facts) {
            standing = ended(standing, facts, fact.at());
            int year = years.of(fact.at());
            int rank = TierPolicy.rankOf(scheme, sums.merge(year, fact.value(), Long::sum));
            if (rank > standing.rank()) {
                standing = new Standing(rank, fact.at(), hold(year));
            } else if (rank == standing.rank()) {
                standing = standing.orBetter(standing.until(hold(year)));
            }
        }
        return ended(standing, facts, now);
    }

    @Override
    public Standing pass(Standing held, List<Fact> facts, Instant now) {
        return ended(promised(held, facts, now), facts, now);
    }

    @Override
    public Standing promised(Standing held, List<Fact> facts, Instant now) {
        return held.rank() > 0 && held.endsAt() == null ? held.until(hold(years.of(now))) : held;
    }

    @Override
    public long value(List<Fact> facts, Instant now) {
        int year = years.of(now);
        return facts.stream()
                .filter(fact -> years.of(fact.at()) == year)
                .mapToLong(Fact::value)
                .sum();
    }

    @Override
    public @Nullable Instant end(Standing held, List<Fact> facts, Instant now) {
        return held.endsAt();
    }

    /** Of the windows that can keep it beyond this end, the one that has come furthest. */
    @Override
    public long valueToKeep(List<Fact> facts, Instant end, Instant now) {
        if (policy == Policy.NONE) {
            return value(facts, now);
        }
        long most = 0;
        for (int year = years.of(end); reaches(year, end); year--) {
            most = Math.max(most, sumWithGrace(facts, year, end));
        }
        return most;
    }

    private static boolean isOver(Standing standing, Instant now) {
        return standing.endsAt() != null && !standing.endsAt().isAfter(now);
    }

    private Standing ended(Standing standing, List<Fact> facts, Instant now) {
        Standing left = standing;
        while (isOver(left, now)) {
            left = fallen(left, facts, Objects.requireNonNull(left.endsAt()));
        }
        return left;
    }

    private Standing fallen(Standing held, List<Fact> facts, Instant end) {
        if (policy == Policy.NONE) {
            return held.until(null);
        }
        Standing reached = reachedAt(held, facts, end);
        if (reached.rank() >= held.rank()) {
            return new Standing(
                    reached.rank(),
                    reached.rank() == held.rank() ? held.since() : end,
                    reached.endsAt());
        }
        if (policy == Policy.FULL || reached.rank() >= held.rank() - 1) {
            return reached;
        }
        return new Standing(
                held.rank() - 1, end, years.start(years.of(end) + 1, scheme.graceDays()));
    }

    /** The best tier reached, or kept in grace, in a window whose hold goes beyond this moment. */
    private Standing reachedAt(Standing held, List<Fact> facts, Instant moment) {
        Standing best = new Standing(0, moment, null);
        for (int year = years.of(moment); reaches(year, moment); year--) {
            int reached = TierPolicy.rankOf(scheme, sum(facts, year, 0, moment));
            int supported = TierPolicy.rankOf(scheme, sumWithGrace(facts, year, moment));
            int rank = Math.max(reached, Math.min(supported, held.rank()));
            if (rank > best.rank()) {
                best = new Standing(rank, moment, hold(year));
            }
        }
        return best;
    }

    private boolean reaches(int year, Instant moment) {
        return years.start(year + 2, scheme.graceDays()).isAfter(moment);
    }

    /** How long a tier reached in this window is held. */
    private @Nullable Instant hold(int year) {
        return policy == Policy.NONE ? null : years.start(year + 2, scheme.graceDays());
    }

    private long sumWithGrace(List<Fact> facts, int year, Instant before) {
        return sum(facts, year, scheme.graceDays(), before);
    }

    /** What a window, and so many days behind it, had come to before this moment. */
    private long sum(List<Fact> facts, int year, int daysBehind, Instant before) {
        Instant from = years.start(year, 0);
        Instant until = years.start(year + 1, daysBehind);
        return facts.stream()
                .filter(fact -> !fact.at().isBefore(from))
                .filter(fact -> fact.at().isBefore(until) && fact.at().isBefore(before))
                .mapToLong(Fact::value)
                .sum();
    }
}
