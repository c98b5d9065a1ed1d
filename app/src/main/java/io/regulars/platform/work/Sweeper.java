package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds work that no lane knows about: what a node that died had done, but not noted yet. Asks each
 * tenant's queues themselves, because only they know the truth.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Collection<LaneWork> works;
    private final LaneWorkers.Tools tools;
    private final BooleanSupplier stopped;

    Sweeper(Collection<LaneWork> works, LaneWorkers.Tools tools, BooleanSupplier stopped) {
        this.works = works;
        this.tools = tools;
        this.stopped = stopped;
    }

    /** Passes over all tenants once; answers how many lanes had not known of their work. */
    int sweep() {
        int found = 0;
        List<TenantRef> batch = tools.directory().after(Optional.empty(), Sides.AT_ONCE);
        while (!batch.isEmpty() && !stopped.getAsBoolean()) {
            found += sweep(batch);
            Optional<TenantId> last = Optional.of(batch.getLast().id());
            batch = tools.directory().after(last, Sides.AT_ONCE);
        }
        if (found > 0) {
            tools.metrics().meter("lanes.swept").mark(found);
            LOG.info("swept {} lanes that did not know of their work", found);
        }
        return found;
    }

    private int sweep(List<TenantRef> tenants) {
        Map<LaneKey, Instant> due = new HashMap<>();
        for (TenantRef tenant : tenants) {
            for (LaneWork work : works) {
                look(work, tenant).ifPresent(at -> due.put(LaneKey.of(work.queue(), tenant), at));
            }
        }
        return due.isEmpty()
                ? 0
                : tools.control()
                        .inTransaction(handle ->
                                new LaneDao(handle).plan(due, tools.time().clock().now()));
    }

    /** One tenant that cannot be read does not keep the others' work from being found. */
    private Optional<Instant> look(LaneWork work, TenantRef tenant) {
        try {
            Optional<Instant> next = work.nextDue(tenant);
            return next.isEmpty() ? next : tools.time().onServiceClock(tenant, next);
        } catch (RuntimeException e) {
            LOG.warn("{} of {} could not be swept: {}", work.queue(), tenant.id(), e.toString());
            return Optional.empty();
        }
    }
}
