package io.regulars.platform.work;

import io.regulars.platform.db.ControlDb;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The leases that this node holds. They are renewed for as long as the work goes on, so that a
 * lease that ends by itself means a node that died, never a slice that takes long.
 */
final class Leases {

    private final Set<Claim> held = ConcurrentHashMap.newKeySet();
    private final ControlDb control;
    private final Duration lease;

    Leases(ControlDb control, Duration lease) {
        this.control = control;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
    }

    void hold(Collection<Claim> claims) {
        held.addAll(claims);
    }

    void letGo(Claim claim) {
        held.remove(claim);
    }

    void renew() {
        List<Claim> claims = List.copyOf(held);
        if (!claims.isEmpty()) {
            control.run(handle -> new LaneDao(handle).renew(claims, lease));
        }
    }
}
