package io.regulars.loyalty.purchases;

import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Positions.TimeAndId;
import io.regulars.platform.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows one purchase, or many. */
final class ShowPurchases {

    private final TenantDb tenants;
    private final PurchaseViews views;

    ShowPurchases(TenantDb tenants, PurchaseViews views) {
        this.tenants = tenants;
        this.views = views;
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
}
