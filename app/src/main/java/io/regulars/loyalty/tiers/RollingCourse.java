package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.TierScheme.Policy;
import io.regulars.platform.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last twelve months, judged at midnight. What happened on a day counts to the end of the same
 * day a year later. A tier that is no longer supported is held through the days of grace.
 */
final class RollingCourse implements Course {

    static final int MONTHS = 12;

    private static final Duration TWO_NIGHTS = Duration.ofDays(2);

    private final TierScheme scheme;
    private final ZoneId zone;
    private final Policy policy;

    RollingCourse(TierScheme scheme, ZoneId zone) {
        this.scheme = scheme;
        this.zone = zone;
        this.policy = scheme.downgradePolicy();
    }

    @Override
    public Standing replay(List<Fact> facts, Instant now) {
        return run(facts, now);
    }

    @Override
    public Standing pass(Standing held, List<Fact> facts, Instant now) {
        return judged(held, facts, now, midnight(now, 0));
    }

    /** An earlier program's tier that the last twelve months do not support: held for as long. */
    @Override
    public Standing promised(Standing held, List<Fact> facts, Instant now) {
        boolean supported = TierPolicy.rankOf(scheme, value(facts, now)) >= held.rank();
        return supported || held.endsAt() != null || policy == Policy.NONE
                ? held
                : held.until(aYearAfter(now));
    }

    @Override
    public long value(List<Fact> facts, Instant now) {
        return facts.stream()
                .filter(fact -> !fact.at().isAfter(now) && leavesAt(fact).isAfter(now))
                .mapToLong(Fact::value)
                .sum();
    }

    @Override
    public @Nullable Instant end(Standing held, List<Fact> facts, Instant now) {
        if (policy == Policy.NONE || held.rank() == 0) {
            return null;
        }
        Standing standing = held;
        for (Instant moment : moments(facts, now)) {
            if (standing.endsAt() != null) {
                break;
            }
            Standing after = judged(standing, facts, moment, moment);
            if (after.rank() < held.rank()) {
                return moment;
            }
            standing = after;
        }
        return standing.endsAt();
    }

    @Override
    public @Nullable Instant review(Standing held, List<Fact> facts, Instant now) {
        Stream<Instant> arrivals = facts.stream().map(Fact::at).filter(at -> at.isAfter(now));
        if (policy == Policy.NONE || held.rank() == 0) {
            return arrivals.min(Comparator.naturalOrder()).orElse(null);
        }
        if (!judged(held, facts, now, midnight(now, 0)).equals(held)) {
            return now;
        }
        Instant end = end(held, facts, now);
        Instant warning = end == null ? null : end.minus(TierBook.WARNING);
        // A warning of the night that has just begun may not be out yet.
        boolean isWarningAhead = warning != null && warning.isAfter(now.minus(TWO_NIGHTS));
        Instant letsGo = held.endsAt() == null ? unsupported(held, facts, now) : held.endsAt();
        return Stream.concat(arrivals, Stream.of(isWarningAhead ? warning : null, letsGo))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** When too much has left the window. */
    private @Nullable Instant unsupported(Standing held, List<Fact> facts, Instant now) {
        long sum = value(facts, now);
        for (Fact fact : facts) {
            if (!fact.at().isAfter(now) && leavesAt(fact).isAfter(now)) {
                sum -= fact.value();
                if (TierPolicy.rankOf(scheme, sum) < held.rank()) {
                    return leavesAt(fact);
                }
            }
        }
        return null;
    }

    @Override
    public long valueToKeep(List<Fact> facts, Instant end, Instant now) {
        return value(facts, end.isAfter(now) ? end : now);
    }

    private Standing run(List<Fact> facts, Instant now) {
        Standing standing = Standing.FIRST;
        long sum = 0;
        int in = 0;
        int out = 0;
        while (true) {
            Instant arrives = in < facts.size() ? facts.get(in).at() : Instant.MAX;
            Instant leaves = out < in ? leavesAt(facts.get(out)) : Instant.MAX;
            Instant ends = standing.endsAt() == null ? Instant.MAX : standing.endsAt();
            Instant next = earliest(arrives, leaves, ends);
            if (next.isAfter(now)) {
                return standing;
            }
            if (next.equals(leaves)) {
                sum -= facts.get(out++).value();
                boolean isLastOfTheNight = out == in || !leavesAt(facts.get(out)).equals(leaves);
                standing = isLastOfTheNight ? judged(standing, sum, next) : standing;
            } else if (next.equals(ends)) {
                standing = judged(standing, sum, next);
            } else {
                sum += facts.get(in++).value();
                standing = risen(standing, TierPolicy.rankOf(scheme, sum), next);
            }
        }
    }

    private static Standing risen(Standing standing, int rank, Instant at) {
        if (rank > standing.rank()) {
            return new Standing(rank, at, null);
        }
        return rank == standing.rank() ? standing.until(null) : standing;
    }

    private Standing judged(Standing held, List<Fact> facts, Instant now, Instant night) {
        Standing before;
        Standing after = held;
        do {
            before = after;
            after = judged(before, value(facts, now), night);
        } while (!after.equals(before));
        return after;
    }

    private Standing judged(Standing held, long sum, Instant night) {
        int supported = TierPolicy.rankOf(scheme, sum);
        if (policy == Policy.NONE || supported >= held.rank()) {
            return held.until(null);
        }
        boolean over = held.endsAt() != null && !held.endsAt().isAfter(night);
        if (!over && (held.endsAt() != null || scheme.graceDays() > 0)) {
            return held.endsAt() == null ? held.until(midnight(night, scheme.graceDays())) : held;
        }
        if (policy == Policy.FULL || supported == held.rank() - 1) {
            return new Standing(supported, night, null);
        }
        // A step that the last months do not support is held for a year, not for a night.
        return new Standing(held.rank() - 1, night, aYearAfter(night));
    }

    private List<Instant> moments(List<Fact> facts, Instant now) {
        return facts.stream()
                .flatMap(fact -> Stream.of(leavesAt(fact)))
                .filter(moment -> moment.isAfter(now))
                .distinct()
                .sorted()
                .toList();
    }

    private Instant leavesAt(Fact fact) {
        return LocalTimes.day(fact.at(), zone)
                .plusMonths(MONTHS)
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    private Instant aYearAfter(Instant moment) {
        return LocalTimes.day(moment, zone).plusMonths(MONTHS).atStartOfDay(zone).toInstant();
    }

    private Instant midnight(Instant moment, int daysLater) {
        LocalDate day = LocalTimes.day(moment, zone).plusDays(daysLater);
        return day.atStartOfDay(zone).toInstant();
    }

    private static Instant earliest(Instant a, Instant b, Instant c) {
        Instant first = a.isBefore(b) ? a : b;
        return first.isBefore(c) ? first : c;
    }
}
