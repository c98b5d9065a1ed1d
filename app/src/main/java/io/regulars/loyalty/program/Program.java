package io.regulars.loyalty.program;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program document, in the form in which marketers write it.
 *
 * @param unit the points' own name
 * @param currency ISO 4217; all amounts are in its minor unit
 * @param benefits why somebody should join, a line each
 */
public record Program(
        LocalText name,
        Unit unit,
        String currency,
        @Nullable Brand brand,
        @Nullable Terms terms,
        @Nullable List<LocalText> benefits,
        @Nullable List<Question> faq,
        @Nullable List<Location> locations,
        @Nullable List<EarningRule> earning,
        @Nullable TierScheme tiers,
        @Nullable Expiry expiry,
        @Nullable Refunds refunds,
        @Nullable Rounding rounding,
        @Nullable List<StampCard> stampCards,
        @Nullable Referral referral,
        @Nullable Welcome welcome,
        @Nullable List<Reward> rewards) {

    /** A program that gives points and rewards, and nothing else. */
    public static Program simple(
            LocalText name,
            Unit unit,
            String currency,
            List<EarningRule> earning,
            List<Reward> rewards) {
        return new Program(
                name, unit, currency, null, null, null, null, null, earning, null, null, null, null,
                null, null, null, rewards);
    }

    /** The points' name in the singular and the plural. */
    public record Unit(LocalText one, LocalText many) {}

    /**
     * How the shop looks.
     *
     * @param primaryColor such as {@code #2e7d32}
     */
    public record Brand(
            @Nullable String primaryColor, @Nullable String logoUrl, @Nullable LocalText tagline) {}

    /** Text for people; gates nothing by itself. */
    public record Terms(
            @Nullable LocalText text,
            @Nullable LocalText area,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable String contact) {}

    /** A question that people ask, and its answer. */
    public record Question(LocalText question, LocalText answer) {}

    /**
     * A place of the shop.
     *
     * @param timeZone of its weekdays and hours; absent: the shop's
     */
    public record Location(String key, LocalText name, @Nullable String timeZone) {}

    /**
     * How points end.
     *
     * @param months after the last activity, or after they were earned
     * @param roundUpToMonthEnd whether they hold to the end of that month
     * @param warnDays how many days before the end the member is told
     */
    public record Expiry(
            Mode mode,
            @Nullable Integer months,
            @Nullable Boolean roundUpToMonthEnd,
            @Nullable List<Integer> warnDays) {

        public static final Expiry NONE = new Expiry(Mode.NONE, null, null, null);

        /** Never; so long after the member was last active; so long after each was earned. */
        public enum Mode {
            NONE,
            INACTIVITY,
            FIXED
        }

        public boolean roundsUp() {
            return Boolean.TRUE.equals(roundUpToMonthEnd);
        }

        public int monthCount() {
            return months == null ? 0 : months;
        }

        public List<Integer> warnings() {
            return Parts.of(warnDays);
        }
    }

    /** What a refund does with points that the member has spent already. */
    public record Refunds(SpentPoints spentPoints) {

        /**
         * Takes back only what is still pending; what the member has; or all, as a debt that the
         * next points repay.
         */
        public enum SpentPoints {
            ONLY_PENDING,
            WITHIN_BALANCE,
            ALLOW_DEBT
        }
    }

    /**
     * @param carryRemainder whether what spending leaves over below a step counts for the next
     *     purchase
     */
    public record Rounding(@Nullable Boolean carryRemainder) {}

    /**
     * Buy so many, get a reward.
     *
     * @param categories whose items count, one stamp each; empty: one stamp for every purchase
     */
    public record StampCard(
            String key,
            @Nullable LocalText name,
            int buys,
            @Nullable List<String> categories,
            String reward) {

        public List<String> categoryKeys() {
            return Parts.of(categories);
        }
    }

    /**
     * What members get who bring a friend, and what the friend gets.
     *
     * @param qualifiesOn when it counts; at present {@code first_purchase}
     * @param minAmount what that purchase must come to, in minor units
     * @param perYear how many friends of one member count in a calendar year; absent: all
     */
    public record Referral(
            @Nullable Long referrerPoints,
            @Nullable String referrerReward,
            @Nullable Long friendPoints,
            @Nullable String friendReward,
            @Nullable String qualifiesOn,
            @Nullable Long minAmount,
            @Nullable Integer perYear) {}

    /** What a new member gets. */
    public record Welcome(@Nullable String reward, @Nullable Long points) {}

    @Override
    public List<EarningRule> earning() {
        return Parts.of(earning);
    }

    @Override
    public List<Reward> rewards() {
        return Parts.of(rewards);
    }

    @Override
    public List<StampCard> stampCards() {
        return Parts.of(stampCards);
    }

    @Override
    public List<Location> locations() {
        return Parts.of(locations);
    }

    @Override
    public List<LocalText> benefits() {
        return Parts.of(benefits);
    }

    @Override
    public List<Question> faq() {
        return Parts.of(faq);
    }

    /** The remainder is carried over unless the program says otherwise: nobody likes to lose it. */
    public boolean carriesRemainder() {
        return rounding == null || rounding.carryRemainder() == null || rounding.carryRemainder();
    }

    /** Points hold for ever where the program does not say otherwise. */
    public Expiry expiryPolicy() {
        return expiry == null ? Expiry.NONE : expiry;
    }

    public Refunds.SpentPoints spentPoints() {
        return refunds == null ? Refunds.SpentPoints.WITHIN_BALANCE : refunds.spentPoints();
    }

    public Optional<TierScheme> tierScheme() {
        return Optional.ofNullable(tiers);
    }

    public Optional<Reward> reward(String key) {
        return rewards().stream().filter(r -> r.key().equals(key)).findFirst();
    }

    public Optional<EarningRule> rule(String key) {
        return earning().stream().filter(r -> r.key().equals(key)).findFirst();
    }

    public Optional<Location> location(@Nullable String key) {
        return locations().stream().filter(l -> l.key().equals(key)).findFirst();
    }
}
