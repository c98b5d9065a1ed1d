package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a purchase gave: of each award as it was recorded, never of the present rule.
 * Within the caller's transaction.
 */
public final class RefundPurchase {

    private final Programs programs;

    public RefundPurchase(Programs programs) {
        this.programs = programs;
    }

    /**
     * @param isNew false for a repeat of what was recorded before
     */
    public record Refunded(RefundDao.Row refund, boolean isNew) {}

    /**
     * A purchase that may be taken back.
     *
     * @param member whose it is; empty for nobody's
     */
    public record Found(PurchaseId id, Optional<MemberId> member) {}

    /** Which purchase is meant by a source and order id. */
    public static Optional<Found> find(TenantTx tx, String source, String orderId) {
        PurchaseDao.OrderKey key = new PurchaseDao.OrderKey(source, orderId);
        return Optional.ofNullable(new PurchaseDao(tx).byOrders(List.of(key)).get(key))
                .map(row -> new Found(row.id(), Optional.ofNullable(row.memberId())));
    }

    /** Part of a refund, by what was bought. */
    public record Goods(
            @Nullable String sku, @Nullable String category, int quantity, long amount) {}

    /** Whether a refund makes an event; an import makes one for all. */
    public enum Events {
        EACH,
        NONE
    }

    /**
     * The lines that are meant where only the goods are named: of those with the same sku and
     * category, the ones that still have something left, in their order. For a refund that was
     * recorded before it is what that one took, so that the same content is seen to be a repeat.
     *
     * @throws Problem 422 where the purchase has no such goods, or not so many; 409 where the
     *     refund that was recorded took less of them
     */
    public List<NewRefund.Line> linesOf(
            TenantTx tx, PurchaseId id, String refundId, List<Goods> goods) {
        if (goods.isEmpty()) {
            return List.of();
        }
        PurchaseDao dao = new PurchaseDao(tx);
        PurchaseState state =
                dao.state(dao.find(id).orElseThrow(() -> Problem.notFound("purchase")));
        Optional<Map<String, Long>> recorded = new RefundDao(tx).allocation(id, refundId);
        Map<String, Long> left = new HashMap<>();
        state.lines().forEach(line -> left.put(line.line().lineId(), line.left()));
        recorded.ifPresent(taken -> left.replaceAll((line, all) -> taken.getOrDefault(line, 0L)));
        Map<String, Long> parts = new HashMap<>();
        for (Goods one : goods) {
            long missing = one.amount();
            for (PurchaseState.LineState line : state.lines()) {
                String lineId = line.line().lineId();
                long part = Math.min(missing, left.getOrDefault(lineId, 0L));
                if (part > 0
                        && Objects.equals(line.line().sku(), one.sku())
                        && Objects.equals(line.line().category(), one.category())) {
                    parts.merge(lineId, part, Long::sum);
                    left.merge(lineId, -part, Long::sum);
                    missing -= part;
                }
            }
            if (missing > 0) {
                throw recorded.isPresent() ? otherContent() : tooMuch(one, missing);
            }
        }
        return state.lines().stream()
                .map(line -> line.line().lineId())
                .filter(parts::containsKey)
                .map(line -> new NewRefund.Line(line, null, parts.getOrDefault(line, 0L)))
                .toList();
    }

    private static Problem tooMuch(Goods goods, long missing) {
        return Problem.of(
                        ProblemType.REFUND_EXCEEDS_PURCHASE,
                        "The order has not so much of "
                                + Optional.ofNullable(goods.sku()).orElse("these goods")
                                + " left.")
                .with("required", goods.amount())
                .with("available", goods.amount() - missing);
    }

    /**
     * @throws Problem 404 for an unknown purchase; 422 {@code refund_exceeds_purchase} or with
     *     pointers; 409 {@code already_recorded} for another refund under the same id, {@code
     *     conflict} where the purchase was claimed or its member merged at this moment
     */
    public Refunded refund(TenantTx tx, PurchaseId id, NewRefund refund, Events events) {
        List<FieldError> errors = refund.errors();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        PurchaseDao dao = new PurchaseDao(tx);
        PurchaseDao.Row known = dao.find(id).orElseThrow(() -> Problem.notFound("purchase"));
        CallBack callBack = CallBack.open(tx, programs.history(tx), known);
        PurchaseState before = dao.state(dao.lock(id).orElseThrow());
        if (!Objects.equals(before.row().memberId(), known.memberId())) {
            // The accounts that are locked are those of who had it before.
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "The purchase went to another member at this moment; send it again.");
        }
        RefundDao refunds = new RefundDao(tx);
        Optional<RefundDao.Row> there = refunds.find(id, refund.refundId());
        if (there.isPresent()) {
            return repeated(there.get(), refund);
        }
        if (refunds.isAllRefunded(before)) {
            throw Problem.of(
                            ProblemType.REFUND_EXCEEDS_PURCHASE,
                            "All of this purchase has been refunded.")
                    .with("required", refund.amount() == null ? 0 : refund.amount())
                    .with("available", 0);
        }
        PurchaseState.Allocation allocation = refund.on(before);
        PurchaseState after = before.after(allocation);
        Instant at = refund.at(known.purchasedAt(), tx.now());
        CallBack.Done done = callBack.of(before, after, refund.refundId(), at);
        dao.update(after);
        RefundDao.Row row =
                new RefundDao.Row(
                        TypeIds.next(),
                        id,
                        refund.refundId(),
                        allocation.amount(),
                        refund.reason(),
                        done.reversed(),
                        done.returned(),
                        refund.contentHash(),
                        at,
                        tx.now());
        refunds.insert(row, allocation);
        List<Event> happened = new ArrayList<>();
        if (events == Events.EACH) {
            happened.add(event(row, after));
        }
        happened.addAll(callBack.write());
        if (events == Events.EACH) {
            Outbox.append(tx, happened);
        } else {
            Outbox.appendImported(tx, happened);
        }
        return new Refunded(row, true);
    }

    private static Refunded repeated(RefundDao.Row there, NewRefund refund) {
        if (!there.contentHash().equals(refund.contentHash())) {
            throw otherContent();
        }
        return new Refunded(there, false);
    }

    private static Problem otherContent() {
        return Problem.of(
                        ProblemType.ALREADY_RECORDED,
                        "This refund id belongs to a refund with other content.")
                .at("/refund_id", "already_recorded");
    }

    private static Event event(RefundDao.Row refund, PurchaseState after) {
        return new Event.PurchaseRefunded(
                refund.id(),
                refund.purchaseId().uuid(),
                after.row().memberId() == null ? null : after.row().memberId().uuid(),
                refund.amount(),
                refund.pointsReversed(),
                refund.pointsReturned());
    }
}
