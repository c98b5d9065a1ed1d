package io.regulars.loyalty.program;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that may earn points, and all that the rules may look at.
 *
 * @param on what it is, as {@link EarningRule#on} names it
 * @param at when, in the shop's zone
 * @param amount what was paid, in minor units; 0 where nothing was
 * @param tier the key of the tier held before; empty for none
 * @param carry remainders so far, by rule
 * @param used what each rule has given already, where it has a limit
 */
public record Occasion(
        String on,
        ZonedDateTime at,
        long amount,
        List<Item> items,
        @Nullable String location,
        String tier,
        boolean isFirstPurchase,
        Map<String, Long> carry,
        Map<String, Used> used) {

    public static final String PURCHASE = "purchase";

    /** A line of a purchase. */
    public record Item(
            String lineId, @Nullable String sku, @Nullable String category, long amount) {}

    /**
     * What a rule has given.
     *
     * @param today awards to this member on that local day
     * @param total awards to this member in all
     * @param budget points to all members
     */
    public record Used(long today, long total, long budget) {
        public static final Used NOTHING = new Used(0, 0, 0);
    }

    public boolean isPurchase() {
        return on.equals(PURCHASE);
    }

    Used usedOf(String rule) {
        return used.getOrDefault(rule, Used.NOTHING);
    }
}
