package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How tiers come and go with time under one kind of window. Pure; facts come in the order of their
 * time.
 */
sealed interface Course permits YearlyCourse, RollingCourse {

    /** The present one, the one before, and the one whose grace may still run. */
    int YEARS_THAT_DECIDE = 3;

    /**
     * @param joined the member's local joining day
     */
    static Course of(TierScheme scheme, LocalDate joined, ZoneId zone) {
        return scheme.window() == TierScheme.Window.ROLLING_12_MONTHS
                ? new RollingCourse(scheme, zone)
                : new YearlyCourse(scheme, new Years(scheme.window(), joined, zone));
    }

    /**
     * The earliest moment of which anything can still decide; null: all history does, because what
     * was reached once may last for ever.
     */
    static @Nullable Instant horizon(TierScheme scheme, ZoneId zone, Instant now) {
        if (scheme.window() == TierScheme.Window.LIFETIME
                || scheme.downgradePolicy() != TierScheme.Policy.FULL) {
            return null;
        }
        boolean rolling = scheme.window() == TierScheme.Window.ROLLING_12_MONTHS;
        return LocalTimes.day(now, zone)
                .minusYears(rolling ? 1 : YEARS_THAT_DECIDE)
                .minusDays(2L + scheme.graceDays())
                .atStartOfDay(zone)
                .toInstant();
    }

    /** What this history alone comes to. */
    Standing replay(List<Fact> facts, Instant now);

    /** What becomes of a held tier by the passing of time. */
    Standing pass(Standing held, List<Fact> facts, Instant now);

    /**
     * A tier held without an end that this scheme would have given it: an earlier program promised
     * it for longer than a night.
     */
    Standing promised(Standing held, List<Fact> facts, Instant now);

    /** What counts at this moment. */
    long value(List<Fact> facts, Instant now);

    /** When the held tier ends if nothing more happens; null: never. */
    @Nullable Instant end(Standing held, List<Fact> facts, Instant now);

    /**
     * The first moment at which a night may find the tier otherwise, or has to warn of its end, if
     * nothing more happens; null: none will. Looking too early does no harm. Years keep their end
     * on the standing itself.
     */
    default @Nullable Instant review(Standing held, List<Fact> facts, Instant now) {
        return null;
    }

    /** What counts already towards keeping the tier beyond this end. */
    long valueToKeep(List<Fact> facts, Instant end, Instant now);
}
