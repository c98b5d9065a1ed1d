package io.regulars;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a day: whether all shops' points and tiers are right. A difference is a bug of ours, so each
 * is logged as an error and counted, and nothing is mended behind anybody's back.
 */
final class ReconcileJob implements TickJob {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileJob.class);
    private static final int TENANTS_AT_ONCE = 100;

    private final TenantDirectory directory;
    private final CheckShop check;
    private final Meter differences;

    ReconcileJob(TenantDirectory directory, CheckShop check, MetricRegistry metrics) {
        this.directory = directory;
        this.check = check;
        this.differences = metrics.meter("reconciliation.differences");
    }

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public void tick(Instant now) {
        List<TenantRef> sides = directory.after(Optional.empty(), TENANTS_AT_ONCE);
        while (!sides.isEmpty()) {
            sides.forEach(this::check);
            TenantId last = sides.getLast().id();
            sides = directory.after(Optional.of(last), TENANTS_AT_ONCE);
        }
    }

    private void check(TenantRef side) {
        try {
            for (CheckShop.Finding finding : check.findings(side)) {
                differences.mark();
                LOG.error("does not add up: {}", finding.line(side));
            }
        } catch (RuntimeException e) {
            LOG.error("{} was not checked", side.id(), e);
        }
    }
}
