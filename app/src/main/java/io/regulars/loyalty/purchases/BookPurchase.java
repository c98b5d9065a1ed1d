package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseResource.OneOfMany;
import io.regulars.loyalty.purchases.PurchaseResource.PurchaseRequest;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.List;

/** Records what a till or a web shop sends; one transaction for each call. */
public final class BookPurchase {

    private final TenantDb tenants;
    private final Programs programs;
    private final RecordPurchases recordPurchases;
    private final PurchaseViews views;

    BookPurchase(
            TenantDb tenants,
            Programs programs,
            RecordPurchases recordPurchases,
            PurchaseViews views) {
        this.tenants = tenants;
        this.programs = programs;
        this.recordPurchases = recordPurchases;
        this.views = views;
    }

    /**
     * @param isNew false for a repeat of what was recorded before
     */
    record Booked(PurchaseView purchase, boolean isNew) {}

    /** What became of one purchase of many. */
    sealed interface Result {

        record Done(Booked booked) implements Result {}

        record Refused(Problem problem) implements Result {}
    }

    /**
     * @throws Problem 422 with pointers, {@code member_not_found}, {@code member_ambiguous}; 409
     *     {@code already_recorded}
     */
    Booked book(TenantRef tenant, PurchaseRequest request) {
        return tenants.inTransaction(tenant, tx -> book(tx, request));
    }

    /** The same answer, and nothing written. */
    PurchaseView simulate(TenantRef tenant, PurchaseRequest request) {
        return tenants.inTransaction(tenant, tx -> tx.asIf(() -> book(tx, request).purchase()));
    }

    /** Each as if alone, in their order: one that is refused does not keep the others out. */
    List<Result> bookAll(TenantRef tenant, List<OneOfMany> requests) {
        return tenants.inTransaction(
                tenant, tx -> requests.stream().map(request -> bookApart(tx, request)).toList());
    }

    private Result bookApart(TenantTx tx, OneOfMany request) {
        try {
            PurchaseRequest purchase = request.orThrow();
            return new Result.Done(tx.apart(() -> book(tx, purchase)));
        } catch (Problem problem) {
            return new Result.Refused(problem);
        }
    }

    private Booked book(TenantTx tx, PurchaseRequest request) {
        programs.prefetch(tx);
        Member member =
                request.member() == null
                        ? null
                        : MemberDirectory.require(tx, request.member(), "/member");
        NewPurchase purchase = request.purchase(member == null ? null : member.id());
        List<FieldError> errors = purchase.errors(tx.now());
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        RecordPurchases.Outcome outcome =
                recordPurchases
                        .record(tx, List.of(purchase), RecordPurchases.Events.EACH)
                        .getFirst();
        return switch (outcome) {
            case RecordPurchases.Outcome.Recorded recorded ->
                    new Booked(views.ofRecorded(tx, recorded, member), true);
            case RecordPurchases.Outcome.Repeated repeated ->
                    new Booked(views.of(tx, repeated.id()), false);
            case RecordPurchases.Outcome.Conflicting conflicting ->
                    throw Problem.of(
                                    ProblemType.ALREADY_RECORDED,
                                    "This source and order id belong to a purchase with other content.")
                            .at("/order_id", "already_recorded")
                            .with("purchase", conflicting.id().toString());
        };
    }
}
