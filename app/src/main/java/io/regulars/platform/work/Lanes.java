package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;

/** Tells the workers that a tenant has work. */
public interface Lanes {

    /**
     * Notes that there may be something due in this queue now; never blocks and never fails. To be
     * called after the commit of what is to be done. What a crash loses the sweeper finds.
     */
    void note(String queue, TenantRef tenant);
}
