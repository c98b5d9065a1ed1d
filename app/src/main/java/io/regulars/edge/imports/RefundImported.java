package io.regulars.edge.imports;

import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.NewRefund;
import io.regulars.loyalty.purchases.PurchaseId;
import io.regulars.loyalty.purchases.RefundPurchase;
import io.regulars.loyalty.purchases.RefundPurchase.Events;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes orders of a file back by the same use case as the API does. */
public final class RefundImported implements RefundOrders {

    private final RefundPurchase refunds;

    public RefundImported(RefundPurchase refunds) {
        this.refunds = refunds;
    }

    @Override
    public List<Outcome> refund(TenantTx tx, List<OrderRefund> orders) {
        Map<String, MemberId> members =
                MemberDirectory.idsByExternalId(
                        tx,
                        orders.stream()
                                .flatMap(order -> Stream.ofNullable(order.member()))
                                .collect(Collectors.toUnmodifiableSet()));
        return orders.stream().map(order -> refund(tx, order, members)).toList();
    }

    private Outcome refund(TenantTx tx, OrderRefund order, Map<String, MemberId> members) {
        Optional<RefundPurchase.Found> found =
                RefundPurchase.find(tx, order.source(), order.refundOf());
        Optional<PurchaseId> purchase = found.map(RefundPurchase.Found::id);
        if (purchase.isEmpty()) {
            return new Outcome.Refused(
                    "purchase_not_found",
                    "There is no order " + order.refundOf() + " of this source to take back.");
        }
        String member = order.member();
        // Whose points go back is the order's word; a row that says another one is mistaken in one
        // of the two.
        if (member != null
                && !Objects.equals(members.get(member), found.get().member().orElse(null))) {
            return new Outcome.Refused(
                    "order_differs",
                    "The order " + order.refundOf() + " does not belong to this member.");
        }
        try {
            NewRefund refund =
                    new NewRefund(
                            order.refundId(),
                            order.amount(),
                            refunds.linesOf(
                                    tx,
                                    purchase.get(),
                                    order.refundId(),
                                    order.lines().stream()
                                            .map(l ->
                                                    new RefundPurchase.Goods(
                                                            l.sku(),
                                                            l.category(),
                                                            l.quantity(),
                                                            l.amount()))
                                            .toList()),
                            null,
                            order.at());
            return tx.apart(() -> refunds.refund(tx, purchase.get(), refund, Events.NONE)).isNew()
                    ? new Outcome.Refunded()
                    : new Outcome.Repeated();
        } catch (Problem problem) {
            if (problem.type() == ProblemType.CONFLICT) {
                throw problem;
            }
            return new Outcome.Refused(problem.type().code(), problem.detail());
        }
    }
}
