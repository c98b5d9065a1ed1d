package io.regulars;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.Sides;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a day: whether all shops' points and tiers are right. A difference is a bug of ours, so each
 * is logged as an error and counted, and nothing is mended behind anybody's back.
 */
final class ReconcileJob implements TickJob {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileJob.class);

    private final Sides directory;
    private final CheckShop check;
    private final Meter differences;

    ReconcileJob(Sides directory, CheckShop check, MetricRegistry metrics) {
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
        directory.each("check the points of", this::check);
    }

    private void check(TenantRef side) {
        for (CheckShop.Finding finding : check.findings(side)) {
            differences.mark();
            LOG.error("does not add up: {}", finding.line(side));
        }
    }
}
