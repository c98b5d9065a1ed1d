package io.regulars.edge.imports;

import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes orders of a file back, in the transaction of their batch. */
public interface RefundOrders {

    /**
     * An order that takes another one back, wholly or in part.
     *
     * @param refundOf the order id of what is taken back, from the same source
     * @param refundId the row's own order id, by which a repeat is known
     * @param member the external id of whose order it is, where the file says so
     * @param at when
     * @param amount how much in all, positive
     * @param lines of what; empty where the file does not say
     */
    record OrderRefund(
            String source,
            String refundOf,
            String refundId,
            @Nullable String member,
            Instant at,
            long amount,
            List<Line> lines) {

        public OrderRefund {
            lines = List.copyOf(lines);
        }
    }

    /** Part of a refund, by what was bought: a file knows no line ids. */
    record Line(@Nullable String sku, @Nullable String category, int quantity, long amount) {}

    /** What became of one. */
    sealed interface Outcome {

        record Refunded() implements Outcome {}

        /** Taken back before, with the same content. */
        record Repeated() implements Outcome {}

        /**
         * @param code stable, such as {@code purchase_not_found}
         * @param detail a sentence for people
         */
        record Refused(String code, String detail) implements Outcome {}
    }

    /**
     * @param refunds sound in themselves, in the order of the file
     * @return what became of each, in their order
     */
    List<Outcome> refund(TenantTx tx, List<OrderRefund> refunds);
}
