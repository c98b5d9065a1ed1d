package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;

/**
 * Stops all mail of a shop as its own emergency switch does, for the sake of all the others. The
 * shop lets it go again itself.
 */
public final class StopSending {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;

    public StopSending(ControlDb control, Clock clock, TenantDirectory directory) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
    }

    public void stop(TenantId tenant) {
        control.run(handle -> new TenantDao(handle).setSending(tenant, true, clock.now()));
        directory.forget(tenant);
    }
}
