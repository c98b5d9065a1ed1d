package io.regulars.tenancy.users;

import io.regulars.platform.ids.TenantId;

/** How many people may work for a shop. */
public interface Seats {

    /**
     * Refuses one more.
     *
     * @param taken people and open invitations that there are
     * @throws io.regulars.platform.http.Problem where the shop's plan has no more
     */
    void check(TenantId tenant, int taken);
}
