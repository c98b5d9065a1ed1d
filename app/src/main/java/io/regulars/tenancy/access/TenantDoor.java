package io.regulars.tenancy.access;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;

/**
 * Lets somebody whose credentials are right to a tenant's data; the registry of tenants implements
 * it.
 */
public interface TenantDoor {

    /**
     * The side asked for; a test side is made on its first use.
     *
     * @throws io.regulars.platform.http.Problem where the tenant is deleted, suspended, or its
     *     schema cannot be served
     */
    TenantRef enter(TenantId tenant, Side side);
}
