package io.regulars;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.retries.Retries;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.TenantDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done at intervals for no tenant in particular. */
final class Housekeeping {

    private static final int TENANTS_AT_ONCE = 100;

    private Housekeeping() {}

    static List<TickJob> jobs(
            LaneWorkers workers, TenantDb tenants, TenantDirectory directory, Retries retries) {
        return List.of(
                TickJob.of("sweep-lanes", Duration.ofMinutes(10), now -> workers.sweep()),
                TickJob.of(
                        "forget-answers",
                        Duration.ofHours(6),
                        now -> forget(tenants, directory, retries)));
    }

    private static void forget(TenantDb tenants, TenantDirectory directory, Retries retries) {
        retries.purgeControl();
        Optional<TenantId> last = Optional.empty();
        List<TenantRef> sides = directory.after(last, TENANTS_AT_ONCE);
        while (!sides.isEmpty()) {
            sides.forEach(side -> tenants.inTransaction(side, retries::purge));
            sides = directory.after(Optional.of(sides.getLast().id()), TENANTS_AT_ONCE);
        }
    }
}
