package io.regulars.loyalty.purchases;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.purchases.PurchaseViews.BuyerView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/v1/purchases/{id}/refunds")
@Tag(name = "Purchases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RefundResource {

    private final TenantDb tenants;
    private final RefundPurchase refunds;
    private final PurchaseViews views;

    RefundResource(TenantDb tenants, RefundPurchase refunds, PurchaseViews views) {
        this.tenants = tenants;
        this.refunds = refunds;
        this.views = views;
    }

    @POST
    @AllowedTo(Audience.TILL)
    @Returns(status = 201, also = 200, value = RefundView.class)
    @Operation(
            summary = "Refund a purchase, whole or in parts, and call back its points",
            description =
                    "Without an amount and lines: all that is left. Known by purchase and refund_id for ever. Of"
                            + " each award, the recorded points times the refunded share, rounded down, are called"
                            + " back; the last part takes the rest.")
    public Response refund(@Auth Caller caller, @PathParam("id") String id, RefundRequest body) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    PurchaseId purchase =
                            PurchaseId.parse(id).orElseThrow(() -> Problem.notFound("purchase"));
                    RefundPurchase.Refunded refunded =
                            refunds.refund(tx, purchase, body.refund(), RefundPurchase.Events.EACH);
                    return Response.status(refunded.isNew() ? 201 : 200)
                            .entity(view(tx, refunded.refund()))
                            .build();
                });
    }

    private RefundView view(TenantTx tx, RefundDao.Row refund) {
        BuyerView member = views.buyerOf(tx, refund.purchaseId());
        return new RefundView(
                TypeIds.format("ref", refund.id()),
                refund.purchaseId(),
                refund.refundId(),
                refund.amount(),
                refund.refundedAt(),
                refund.pointsReversed(),
                refund.pointsReturned(),
                member == null ? 0 : member.points().debt(),
                member);
    }

    /**
     * A refund.
     *
     * @param refundId the caller's; unique for the purchase
     * @param amount in minor units; absent: that of the lines, or all that is left
     * @param lines which lines it is for; absent: it is not said. An empty list is refused
     */
    record RefundRequest(
            String refundId,
            @Nullable Long amount,
            @Nullable List<RefundLine> lines,
            @Nullable String reason) {

        /**
         * @throws Problem 422 where lines are named and there are none: that is a mistake of the
         *     caller's, and must not become a refund of everything
         */
        NewRefund refund() {
            if (lines != null && lines.isEmpty()) {
                throw Problem.invalid(
                        "/lines",
                        "out_of_range",
                        "Name at least one line. Without lines and amount all that is left is refunded.");
            }
            return new NewRefund(
                    refundId,
                    amount,
                    lines == null
                            ? List.of()
                            : lines.stream()
                                    .map(l ->
                                            new NewRefund.Line(
                                                    l.lineId(), l.quantity(), l.amount()))
                                    .toList(),
                    reason,
                    null);
        }
    }

    /**
     * A refunded line.
     *
     * @param quantity how many of its items came back, by which stamps go; absent: as many as the
     *     amount would have paid for
     */
    record RefundLine(String lineId, @Nullable Integer quantity, long amount) {}

    /**
     * A refund as recorded.
     *
     * @param pointsReversed what the member lost by it
     * @param pointsReturned points that came back because they had been spent on the purchase
     * @param debt what the member owes now
     */
    record RefundView(
            String id,
            PurchaseId purchase,
            String refundId,
            long amount,
            Instant refundedAt,
            long pointsReversed,
            long pointsReturned,
            long debt,
            @Nullable BuyerView member) {}
}
