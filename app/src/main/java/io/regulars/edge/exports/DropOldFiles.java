package io.regulars.edge.exports;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import java.time.Duration;

/** Drops files that had time to be fetched; a housekeeping job calls it. */
public final class DropOldFiles {

    static final Duration KEPT = Duration.ofDays(7);

    private final TenantDb tenants;

    public DropOldFiles(TenantDb tenants) {
        this.tenants = tenants;
    }

    /**
     * @return how many were dropped
     */
    public int sweep(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> new ExportDao(tx).expire(tx.now().minus(KEPT)));
    }
}
