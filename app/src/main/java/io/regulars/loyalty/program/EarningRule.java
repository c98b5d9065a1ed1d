package io.regulars.loyalty.program;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to earn points.
 *
 * @param key unique among the rules; recorded with every award
 * @param on what it listens to: {@code purchase}, {@code enrolled}, {@code birthday}, {@code
 *     anniversary}, {@code referral}, or {@code activity:} and a type
 * @param pendingDays how many days the points wait before they can be spent
 * @param stack whether the award adds to others, or only the best of its group counts
 * @param group the rules among which the best is chosen
 */
public record EarningRule(
        String key,
        String on,
        Points points,
        @Nullable When when,
        @Nullable Limits limits,
        @Nullable Integer pendingDays,
        @Nullable Stack stack,
        @Nullable String group,
        @Nullable LocalText name) {

    public static final String ACTIVITY = "activity:";

    private static final String DAYS =
            "In the location's zone, else the shop's. Of hours that lie over midnight, the day on which they began.";
    private static final String HOURS =
            "from is inclusive, to exclusive; a to that is earlier than from lies behind midnight.";

    /** A rule without conditions. */
    public static EarningRule of(String key, String on, Points points) {
        return new EarningRule(key, on, points, null, null, null, null, null, null);
    }

    /**
     * How many points: {@code floor(base / perAmount) × award}, or so many once.
     *
     * @param perAmount minor units of the currency
     */
    public record Points(@Nullable Long perAmount, @Nullable Long award, @Nullable Long fixed) {

        public static Points perAmount(long perAmount, long award) {
            return new Points(perAmount, award, null);
        }

        public static Points fixed(long fixed) {
            return new Points(null, null, fixed);
        }
    }

    /**
     * What must hold. An absent condition always holds.
     *
     * @param minAmount the purchase's whole amount, in minor units
     * @param categories of a line; only such lines count. The same for skus
     * @param weekdays and hours are those of the location's zone, else of the shop's; from is
     *     inclusive, to exclusive, and may lie behind midnight: the day is the one on which it
     *     began
     * @param tiers the tier held before the purchase
     */
    public record When(
            @Nullable Long minAmount,
            @Nullable List<String> categories,
            @Nullable List<String> skus,
            @Nullable List<String> locations,
            @Schema(description = DAYS) @Nullable List<DayOfWeek> weekdays,
            @Schema(description = HOURS) @Nullable LocalTime from,
            @Schema(description = HOURS) @Nullable LocalTime to,
            @Nullable List<String> tiers,
            @Nullable Boolean firstPurchase) {

        public static final When ALWAYS =
                new When(null, null, null, null, null, null, null, null, null);

        /** Whether it counts single lines and not the whole purchase. */
        public boolean picksLines() {
            return !Parts.of(categories).isEmpty() || !Parts.of(skus).isEmpty();
        }

        public boolean wantsFirstPurchase() {
            return Boolean.TRUE.equals(firstPurchase);
        }
    }

    /**
     * Counts of awards, and of points for all members together; 0 or absent: none.
     *
     * @param budgetPoints what the rule may give in all; an award that would go beyond gets the
     *     rest
     */
    public record Limits(
            @Nullable Long perDay, @Nullable Long perMember, @Nullable Long budgetPoints) {

        public static final Limits NONE = new Limits(null, null, null);

        public long day() {
            return perDay == null ? 0 : perDay;
        }

        public long member() {
            return perMember == null ? 0 : perMember;
        }

        public long budget() {
            return budgetPoints == null ? 0 : budgetPoints;
        }
    }

    /** How an award goes together with others. */
    public enum Stack {
        ADD,
        BEST
    }

    public When conditions() {
        return when == null ? When.ALWAYS : when;
    }

    public Limits limit() {
        return limits == null ? Limits.NONE : limits;
    }

    public int daysPending() {
        return pendingDays == null ? 0 : pendingDays;
    }

    public boolean isBestOfGroup() {
        return stack == Stack.BEST && group != null;
    }

    public boolean isFixed() {
        return points.fixed() != null;
    }
}
