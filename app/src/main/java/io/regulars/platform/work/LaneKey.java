package io.regulars.platform.work;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.util.Comparator;

/** One lane: one queue of one side of one tenant. */
record LaneKey(String queue, TenantId tenant, Side side) {

    /** All who lock several lanes do it in this order, so that they cannot wait for each other. */
    static final Comparator<LaneKey> ORDER =
            Comparator.comparing(LaneKey::queue)
                    .thenComparing(key -> key.tenant().uuid())
                    .thenComparing(LaneKey::side);

    static LaneKey of(String queue, TenantRef tenant) {
        return new LaneKey(queue, tenant.id(), tenant.side());
    }
}
