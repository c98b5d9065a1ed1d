package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.TierScheme.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows that follow each other: a tier reached in one is held to the end of the next, and, not
 * reached again until then, falls as the policy says once the days of grace are over.
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
            standing = ended(standing, sums, fact.at());
            int year = years.of(fact.at());
            int rank = TierPolicy.rankOf(scheme, sums.merge(year, fact.value(), Long::sum));
            if (rank > standing.rank()) {
                standing = new Standing(rank, fact.at(), hold(year));
            } else if (rank == standing.rank()) {
                standing = standing.orBetter(standing.until(hold(year)));
            }
        }
        return ended(standing, sums, now);
    }

    @Override
    public Standing pass(Standing held, List<Fact> facts, Instant now) {
        Standing standing = promised(held, facts, now);
        while (isOver(standing, now)) {
            Instant end = Objects.requireNonNull(standing.endsAt());
            standing = fallen(standing, sums(facts, end), end);
        }
        return standing;
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

    /** The year that decides is the last one before the grace, or, in grace, the present one. */
    @Override
    public long valueToKeep(List<Fact> facts, Instant end, Instant now) {
        int last = years.of(end.minusNanos(1).minus(Duration.ofDays(scheme.graceDays())));
        int deciding = Math.max(last, years.of(now));
        return facts.stream()
                .filter(fact -> years.of(fact.at()) == deciding)
                .mapToLong(Fact::value)
                .sum();
    }

    private static boolean isOver(Standing standing, Instant now) {
        return standing.endsAt() != null && !standing.endsAt().isAfter(now);
    }

    private Standing ended(Standing standing, Map<Integer, Long> sums, Instant now) {
        Standing left = standing;
        while (isOver(left, now)) {
            left = fallen(left, sums, Objects.requireNonNull(left.endsAt()));
        }
        return left;
    }

    private Standing fallen(Standing held, Map<Integer, Long> sums, Instant end) {
        if (policy == Policy.NONE) {
            return held.until(null);
        }
        Standing reached = reachedAt(sums, end);
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

    /** The best tier reached in a window whose hold goes beyond this moment. */
    private Standing reachedAt(Map<Integer, Long> sums, Instant moment) {
        Standing best = Standing.FIRST;
        for (int year = years.of(moment); reaches(year, moment); year--) {
            int rank = TierPolicy.rankOf(scheme, sums.getOrDefault(year, 0L));
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

    private Map<Integer, Long> sums(List<Fact> facts, Instant before) {
        Map<Integer, Long> sums = new HashMap<>();
        for (Fact fact : facts) {
            if (fact.at().isBefore(before)) {
                sums.merge(years.of(fact.at()), fact.value(), Long::sum);
            }
        }
        return sums;
    }
}
