package io.regulars.tenancy.tenants;

import io.regulars.platform.db.TenantRef;

/** Prepares a side of a tenant before anybody sees it. Rooms above implement it. */
public interface NewSide {

    /**
     * Opens its own tenant transaction. Must be safe to run again, and on two nodes at once: after
     * a crash nobody knows how far it came.
     */
    void prepare(TenantRef side, Setup setup);
}
