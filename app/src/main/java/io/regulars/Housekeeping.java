package io.regulars;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.TenantDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done at intervals for no tenant in particular. */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int TENANTS_AT_ONCE = 100;

    private Housekeeping() {}

    /**
     * What is tidied up.
     *
     * @param control what is common to all
     * @param side what is in each side of each tenant
     */
    record Tidying(Runnable control, Consumer<TenantRef> side) {}

    static List<TickJob> jobs(LaneWorkers workers, TenantDirectory directory, Tidying tidying) {
        return List.of(
                TickJob.of("sweep-lanes", Duration.ofMinutes(10), now -> workers.sweep()),
                TickJob.of("tidy-up", Duration.ofHours(1), now -> tidyUp(directory, tidying)));
    }

    private static void tidyUp(TenantDirectory directory, Tidying tidying) {
        try {
            tidying.control().run();
        } catch (RuntimeException e) {
            LOG.error("what is common to all shops was not tidied up", e);
        }
        List<TenantRef> sides = directory.after(Optional.empty(), TENANTS_AT_ONCE);
        while (!sides.isEmpty()) {
            sides.forEach(side -> tidyUp(side, tidying));
            TenantId last = sides.getLast().id();
            sides = directory.after(Optional.of(last), TENANTS_AT_ONCE);
        }
    }

    private static void tidyUp(TenantRef side, Tidying tidying) {
        try {
            tidying.side().accept(side);
        } catch (RuntimeException e) {
            LOG.error("{} was not tidied up", side.id(), e);
        }
    }
}
