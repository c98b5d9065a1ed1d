package io.regulars.loyalty.ledger;

/**
 * Which purchases count, wherever purchases are counted: one does unless all of it was refunded.
 * The rooms that ask share no other one.
 */
public final class CountedPurchases {

    /** As a condition on {@code <t>.purchase p}; free goods are back when there is a refund. */
    public static final String SQL =
            """
            (p.refunded < p.amount
             or (p.amount = 0 and not exists (select from <t>.refund back where back.purchase_id = p.id)))
            """;

    private CountedPurchases() {}
}
