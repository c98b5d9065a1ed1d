package io.regulars.loyalty.program;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tiers and how they are reached and kept.
 *
 * @param levels by rising threshold; the first is where everybody begins
 */
public record TierScheme(
        Basis basis, Window window, @Nullable Downgrade downgrade, List<Level> levels) {

    public TierScheme {
        levels = List.copyOf(levels);
    }

    /** What is counted: money spent in minor units, points earned, or purchases. */
    public enum Basis {
        SPEND,
        POINTS,
        PURCHASES
    }

    /** Over which time it is counted. */
    public enum Window {
        CALENDAR_YEAR,
        ROLLING_12_MONTHS,
        MEMBERSHIP_YEAR,
        LIFETIME
    }

    /** How far a member falls who did not reach the tier again. */
    public enum Policy {
        NONE,
        ONE_STEP,
        FULL
    }

    /**
     * @param graceDays how many days a tier outlasts the window in which it was not reached again
     */
    public record Downgrade(Policy policy, @Nullable Integer graceDays) {}

    /**
     * One tier.
     *
     * @param threshold of what the basis counts
     * @param multiplier of points; absent: 1
     * @param perks texts for people
     */
    public record Level(
            String key,
            LocalText name,
            long threshold,
            @Nullable BigDecimal multiplier,
            @Nullable List<LocalText> perks) {}

    public Policy downgradePolicy() {
        return downgrade == null ? Policy.FULL : downgrade.policy();
    }

    public int graceDays() {
        return downgrade == null || downgrade.graceDays() == null ? 0 : downgrade.graceDays();
    }

    /** The place of this tier among the levels; 0 for one that the program does not know. */
    public int rank(@Nullable String key) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).key().equals(key)) {
                return i;
            }
        }
        return 0;
    }

    public Optional<Level> level(String key) {
        return levels.stream().filter(level -> level.key().equals(key)).findFirst();
    }
}
