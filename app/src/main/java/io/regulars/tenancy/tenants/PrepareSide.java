package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Gives a side what it needs before anybody sees it, and then shows it. A crash on the way leaves
 * it unseen, and the next attempt begins again.
 */
public final class PrepareSide {

    private static final int STRIPES = 32;

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;
    private final List<NewSide> hooks;
    // Only to spare work: two nodes may still prepare one side at once, which the hooks stand.
    private final List<Lock> stripes =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(STRIPES).toList();

    public PrepareSide(
            ControlDb control, Clock clock, TenantDirectory directory, List<NewSide> hooks) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
        this.hooks = List.copyOf(hooks);
    }

    /** Does nothing where the side is prepared already; its schema must have been claimed. */
    public TenantRef handle(TenantId id, Side side) {
        Lock stripe = stripes.get(Math.floorMod(id.hashCode(), STRIPES));
        stripe.lock();
        try {
            Tenant tenant =
                    control.inTransaction(handle -> new TenantDao(handle).find(id).orElseThrow());
            Tenant.SideSchema schema = tenant.side(side).orElseThrow();
            TenantRef ref = tenant.ref(side, schema);
            if (!schema.prepared()) {
                hooks.forEach(hook -> hook.prepare(ref, tenant.setup()));
                control.run(handle -> new TenantDao(handle).setPrepared(id, side, clock.now()));
            }
            directory.forget(id);
            return ref;
        } finally {
            stripe.unlock();
        }
    }
}
