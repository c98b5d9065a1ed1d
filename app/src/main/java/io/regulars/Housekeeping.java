package io.regulars;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.Sides;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done at intervals for no tenant in particular. */
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private Housekeeping() {}

    /**
     * What is tidied up.
     *
     * @param control what is common to all
     * @param side what is in each side of each tenant
     */
    record Tidying(Runnable control, Consumer<TenantRef> side) {}

    static List<TickJob> jobs(LaneWorkers workers, Sides directory, Tidying tidying) {
        return List.of(
                TickJob.of("sweep-lanes", Duration.ofMinutes(10), now -> workers.sweep()),
                TickJob.of("tidy-up", Duration.ofHours(1), now -> tidyUp(directory, tidying)));
    }

    private static void tidyUp(Sides directory, Tidying tidying) {
        try {
            tidying.control().run();
        } catch (RuntimeException e) {
            LOG.error("what is common to all shops was not tidied up", e);
        }
        directory.each("tidy up in", tidying.side());
    }
}
