package io.regulars.loyalty.program;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program document, in the form in which marketers write it.
 *
 * @param unit the points' own name
 * @param currency ISO 4217; all amounts are in its minor unit
 */
public record Program(
        LocalText name,
        Unit unit,
        String currency,
        @Nullable Brand brand,
        @Nullable Terms terms,
        @Nullable List<EarningRule> earning,
        @Nullable Rounding rounding,
        @Nullable List<Reward> rewards) {

    public Program {
        earning = earning == null ? List.of() : List.copyOf(earning);
        rewards = rewards == null ? List.of() : List.copyOf(rewards);
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
            @Nullable LocalText text, @Nullable LocalText area, @Nullable String contact) {}

    /**
     * One way to earn points.
     *
     * @param key unique among the rules; recorded with every award
     * @param on what it listens to; at present {@code purchase}
     */
    public record EarningRule(String key, String on, Points points) {}

    /**
     * How many points: {@code floor(amount / perAmount) × award}.
     *
     * @param perAmount minor units of the currency
     */
    public record Points(long perAmount, long award) {}

    /**
     * @param carryRemainder whether what spending leaves over below a step counts for the next
     *     purchase
     */
    public record Rounding(@Nullable Boolean carryRemainder) {}

    /** What a voucher gives. */
    public enum RewardKind {
        PERCENT_OFF,
        AMOUNT_OFF
    }

    /**
     * One thing that members can be given.
     *
     * @param percent for {@code percent_off}
     * @param amount for {@code amount_off}, in minor units
     * @param validDays how many days a voucher holds from its issue; absent: without end
     */
    public record Reward(
            String key,
            LocalText name,
            RewardKind kind,
            @Nullable Integer percent,
            @Nullable Long amount,
            @Nullable Integer validDays) {}

    @Override
    public List<EarningRule> earning() {
        return earning == null ? List.of() : earning;
    }

    @Override
    public List<Reward> rewards() {
        return rewards == null ? List.of() : rewards;
    }

    /** The remainder is carried over unless the program says otherwise: nobody likes to lose it. */
    public boolean carriesRemainder() {
        return rounding == null || rounding.carryRemainder() == null || rounding.carryRemainder();
    }

    public Optional<Reward> reward(String key) {
        return rewards().stream().filter(r -> r.key().equals(key)).findFirst();
    }

    public Optional<EarningRule> rule(String key) {
        return earning().stream().filter(r -> r.key().equals(key)).findFirst();
    }
}
