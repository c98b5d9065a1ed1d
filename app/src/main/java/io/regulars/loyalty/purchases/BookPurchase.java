package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseResource.PurchaseRequest;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Positions.TimeAndId;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use cases behind {@code /v1/purchases}; each opens one transaction. */
public final class BookPurchase {

    private final TenantDb tenants;
    private final RecordPurchases recordPurchases;
    private final PurchaseViews views;

    public BookPurchase(TenantDb tenants, RecordPurchases recordPurchases, Programs programs) {
        this.tenants = tenants;
        this.recordPurchases = recordPurchases;
        this.views = new PurchaseViews(programs);
    }

    /**
     * @param isNew false for a repeat of what was recorded before
     */
    record Booked(PurchaseView purchase, boolean isNew) {}

    /**
     * @throws Problem 422 with pointers, {@code member_not_found}, {@code member_ambiguous}; 409
     *     {@code already_recorded}
     */
    Booked book(TenantRef tenant, PurchaseRequest request) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    MemberId member =
                            request.member() == null
                                    ? null
                                    : MemberDirectory.require(tx, request.member(), "/member").id();
                    NewPurchase purchase = request.purchase(member);
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
                                new Booked(view(tx, recorded.id()), true);
                        case RecordPurchases.Outcome.Repeated repeated ->
                                new Booked(view(tx, repeated.id()), false);
                        case RecordPurchases.Outcome.Conflicting conflicting ->
                                throw Problem.of(
                                                ProblemType.ALREADY_RECORDED,
                                                "This source and order id belong to a purchase with other content.")
                                        .at("/order_id", "already_recorded")
                                        .with("purchase", conflicting.id().toString());
                    };
                });
    }

    PurchaseView get(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx ->
                        PurchaseId.parse(id)
                                .flatMap(new PurchaseDao(tx)::find)
                                .map(row -> views.of(tx, List.of(row)).getFirst())
                                .orElseThrow(() -> Problem.notFound("purchase")));
    }

    Page<PurchaseView> list(TenantRef tenant, PageRequest page, @Nullable Instant updatedSince) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    List<PurchaseDao.Row> rows =
                            updatedSince == null
                                    ? new PurchaseDao(tx)
                                            .page(Positions.id(page.after()), page.fetch())
                                    : changed(tx, page, updatedSince);
                    Page<PurchaseDao.Row> shown =
                            page.page(
                                    rows,
                                    r ->
                                            updatedSince == null
                                                    ? r.id().uuid().toString()
                                                    : new TimeAndId(r.updatedAt(), r.id().uuid())
                                                            .toString(),
                                    r -> r);
                    return new Page<>(views.of(tx, shown.data()), shown.nextCursor());
                });
    }

    private static List<PurchaseDao.Row> changed(TenantTx tx, PageRequest page, Instant since) {
        Optional<TimeAndId> after = Positions.timeAndId(page.after());
        return new PurchaseDao(tx)
                .changedPage(
                        since,
                        after.map(TimeAndId::time).orElse(null),
                        after.map(TimeAndId::id).orElse(null),
                        page.fetch());
    }

    private PurchaseView view(TenantTx tx, PurchaseId id) {
        PurchaseDao.Row row = new PurchaseDao(tx).find(id).orElseThrow();
        return views.of(tx, List.of(row)).getFirst();
    }
}
