package io.regulars.edge.imports;

import io.regulars.loyalty.purchases.NewRefund;
import io.regulars.loyalty.purchases.PurchaseId;
import io.regulars.loyalty.purchases.RefundPurchase;
import io.regulars.loyalty.purchases.RefundPurchase.Events;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.List;
import java.util.Optional;

/** Takes orders of a file back by the same use case as the API does. */
public final class RefundImported implements RefundOrders {

    private final RefundPurchase refunds;

    public RefundImported(RefundPurchase refunds) {
        this.refunds = refunds;
    }

    @Override
    public List<Outcome> refund(TenantTx tx, List<OrderRefund> orders) {
        return orders.stream().map(order -> refund(tx, order)).toList();
    }

    private Outcome refund(TenantTx tx, OrderRefund order) {
        Optional<PurchaseId> purchase = RefundPurchase.find(tx, order.source(), order.refundOf());
        if (purchase.isEmpty()) {
            return new Outcome.Refused(
                    "purchase_not_found",
                    "There is no order " + order.refundOf() + " of this source to take back.");
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
