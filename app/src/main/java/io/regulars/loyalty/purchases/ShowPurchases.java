package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberDirectory;
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
import java.util.UUID;
import java.util.function.Function;
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

    /**
     * @param member an id, or ext: and an external id; null: everybody's
     */
    Page<PurchaseView> list(
            TenantRef tenant,
            PageRequest page,
            @Nullable String member,
            @Nullable Instant updatedSince) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    UUID of = MemberDirectory.inQuery(tx, member);
                    Page<PurchaseDao.Row> rows =
                            updatedSince == null
                                    ? newest(tx, page, of)
                                    : changed(tx, page, of, updatedSince);
                    return new Page<>(views.of(tx, rows.data()), rows.nextCursor());
                });
    }

    private static Page<PurchaseDao.Row> newest(
            TenantTx tx, PageRequest page, @Nullable UUID member) {
        return page.page(
                new PurchaseDao(tx).page(member, Positions.id(page.after()), page.fetch()),
                row -> row.id().uuid().toString(),
                Function.identity());
    }

    private static Page<PurchaseDao.Row> changed(
            TenantTx tx, PageRequest page, @Nullable UUID member, Instant since) {
        TimeAndId after = Positions.timeAndId(page.after()).orElse(null);
        return page.page(
                new PurchaseDao(tx).changedPage(member, since, after, page.fetch()),
                row -> new TimeAndId(row.updatedAt(), row.id().uuid()).toString(),
                Function.identity());
    }
}
