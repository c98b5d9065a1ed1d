package io.regulars.loyalty.purchases;

import java.math.BigInteger;

/**
 * How much of an award a refund calls back. Pure. Always computed from the sums of all refunds so
 * far, so that any number of parts comes to exactly the whole.
 */
final class RefundMath {

    private RefundMath() {}

    /**
     * What refunds have called back of an award in all: {@code floor(points × refunded / base)},
     * and everything once all of its base has been refunded.
     *
     * @param base the purchase's amounts that earned the award
     * @param refunded of these, what has been refunded in all
     * @param whole whether nothing is left of the purchase
     */
    static long calledBack(long points, long base, long refunded, boolean whole) {
        return whole || (base > 0 && refunded >= base) ? points : part(points, base, refunded);
    }

    /** The same of an award of so many points whatever the amount: all, with the last part. */
    static long calledBackFixed(long points, long base, long refunded, boolean whole) {
        return whole || (base > 0 && refunded >= base) ? points : 0;
    }

    /** What refunds have undone in all of what the purchase added to a remainder. */
    static long undone(long share, long base, long refunded, boolean whole) {
        return whole || (base > 0 && refunded >= base) ? share : part(share, base, refunded);
    }

    /**
     * How many items of a line have come back.
     *
     * @param refunded of the line's amount, in all
     * @param returned of the items, those of which it was said
     */
    static long piecesBack(
            int quantity, long amount, long refunded, PurchaseState.Returned returned) {
        if (amount > 0 && refunded >= amount) {
            return quantity;
        }
        long unsaid = part(quantity, amount, refunded - returned.amount());
        return Math.min(quantity, returned.items() + unsaid);
    }

    private static long part(long whole, long base, long refunded) {
        if (base <= 0) {
            return 0;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(refunded))
                .divide(BigInteger.valueOf(base))
                .longValueExact();
    }
}
