package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class RefundDao {

    private final TenantTx tx;

    RefundDao(TenantTx tx) {
        this.tx = tx;
    }

    /** A refund as recorded. */
    record Row(
            UUID id,
            PurchaseId purchaseId,
            String refundId,
            long amount,
            @Nullable String reason,
            long pointsReversed,
            long pointsReturned,
            String contentHash,
            Instant refundedAt,
            Instant recordedAt) {}

    Optional<Row> find(PurchaseId purchase, String refundId) {
        return tx.query(
                        """
                        select id, purchase_id, refund_id, amount, reason, points_reversed, points_returned,
                               content_hash, refunded_at, recorded_at
                          from <t>.refund where purchase_id = :purchase and refund_id = :refund
                        """)
                .bind("purchase", purchase.uuid())
                .bind("refund", refundId)
                .map((row, context) ->
                        new Row(
                                Rows.uuid(row, "id"),
                                new PurchaseId(Rows.uuid(row, "purchase_id")),
                                row.getString("refund_id"),
                                row.getLong("amount"),
                                Rows.textOrNull(row, "reason"),
                                row.getLong("points_reversed"),
                                row.getLong("points_returned"),
                                row.getString("content_hash"),
                                Rows.instant(row, "refunded_at"),
                                Rows.instant(row, "recorded_at")))
                .findOne();
    }

    /** How much a recorded refund took from which line. */
    Optional<Map<String, Long>> allocation(PurchaseId purchase, String refundId) {
        return tx.query(
                        """
                        select lines::text from <t>.refund where purchase_id = :purchase and refund_id = :refund
                        """)
                .bind("purchase", purchase.uuid())
                .bind("refund", refundId)
                .map((row, context) ->
                        Json.read(
                                row.getString("lines"), new TypeReference<Map<String, Long>>() {}))
                .findOne();
    }

    /** Whether nothing is left. A purchase of nothing is there until it is refunded too. */
    boolean isAllRefunded(PurchaseState purchase) {
        return purchase.left() == 0 && isAny(purchase.row().id());
    }

    private boolean isAny(PurchaseId purchase) {
        return tx.query("select exists (select from <t>.refund where purchase_id = :purchase)")
                .bind("purchase", purchase.uuid())
                .mapTo(boolean.class)
                .one();
    }

    void insert(Row refund, PurchaseState.Allocation allocation) {
        tx.write(
                """
                insert into <t>.refund (id, purchase_id, refund_id, amount, lines, reason, points_reversed,
                       points_returned, content_hash, refunded_at, recorded_at)
                values (:id, :purchase, :refund, :amount, :lines::jsonb, :reason, :reversed, :returned, :hash, :at,
                        :now)
                """,
                v ->
                        v.bind("id", refund.id())
                                .bind("purchase", refund.purchaseId().uuid())
                                .bind("refund", refund.refundId())
                                .bind("amount", refund.amount())
                                .bind("lines", Json.write(allocation.byLine()))
                                .bind("reason", refund.reason())
                                .bind("reversed", refund.pointsReversed())
                                .bind("returned", refund.pointsReturned())
                                .bind("hash", refund.contentHash())
                                .bind("at", refund.refundedAt())
                                .bind("now", refund.recordedAt()));
    }
}
