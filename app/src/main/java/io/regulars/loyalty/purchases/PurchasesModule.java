package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import java.util.List;

/** Makes what records purchases, refunds, claims and activities. */
public final class PurchasesModule {

    private final TenantDb tenants;
    private final Programs programs;
    private final RecordPurchases recordPurchases;
    private final RefundPurchase refundPurchase;

    public PurchasesModule(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
        this.recordPurchases = new RecordPurchases(programs);
        this.refundPurchase = new RefundPurchase(programs);
    }

    public RecordPurchases recordPurchases() {
        return recordPurchases;
    }

    public RefundPurchase refundPurchase() {
        return refundPurchase;
    }

    public List<Object> endpoints() {
        PurchaseViews views = new PurchaseViews(programs);
        return List.of(
                new PurchaseResource(
                        new BookPurchase(tenants, programs, recordPurchases, views),
                        new ClaimPurchase(tenants, programs, views),
                        new ShowPurchases(tenants, views)),
                new RefundResource(tenants, refundPurchase, views),
                new ActivityResource(new RecordActivity(tenants, programs), views));
    }
}
