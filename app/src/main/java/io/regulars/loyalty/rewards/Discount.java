package io.regulars.loyalty.rewards;

import java.util.List;

/**
 * What a voucher gives on a basket.
 *
 * @param amount what it takes off, in minor units
 * @param freeItems what of it is an item for nothing; their amounts are in the amount
 */
public record Discount(long amount, List<FreeItem> freeItems) {

    static final Discount NOTHING = new Discount(0, List.of());

    /** So many of one thing for nothing. */
    public record FreeItem(String sku, long quantity, long amount) {}

    static Discount of(long amount) {
        return new Discount(amount, List.of());
    }
}
