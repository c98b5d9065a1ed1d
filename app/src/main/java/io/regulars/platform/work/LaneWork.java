package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;
import java.time.Instant;
import java.util.Optional;

/** The work of one queue. Safe to run twice: a lane may be served again after a crash. */
public interface LaneWork {

    /** The queue's name, as it stands in the lanes. */
    String queue();

    /**
     * Does a bounded slice of what is due in this tenant, in transactions of its own.
     *
     * @return when there is more to do: an instant at or before the tenant's now for "at once", a
     *     later one for what is planned, empty when the queue is drained. In the time of the
     *     tenant's own clock.
     */
    Optional<Instant> serve(TenantRef tenant);

    /**
     * The earliest moment at which this queue has something to do, in the time of the tenant's own
     * clock.
     */
    Optional<Instant> nextDue(TenantRef tenant);
}
