package io.regulars;

import io.regulars.edge.retention.ForgetOld;
import io.regulars.edge.retention.Periods;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.Sides;
import io.regulars.tenancy.audit.AuditDao;
import io.regulars.tenancy.billing.BillingModule;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what has been kept long enough, in control and in every shop. Each shop has its turn once
 * a day; the hours between are for those where there was more to forget than one turn holds.
 */
final class RetentionJob implements TickJob {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
    private static final int BATCH = 1000;

    private final Settings.Retention kept;
    private final ControlDb control;
    private final Sides directory;
    private final BillingModule billing;
    private final Clock clock;
    private final ForgetOld forgetOld;

    RetentionJob(
            Settings.Retention kept,
            ControlDb control,
            TenantDb tenants,
            Sides directory,
            BillingModule billing,
            Clock clock) {
        this.kept = kept;
        this.control = control;
        this.directory = directory;
        this.billing = billing;
        this.clock = clock;
        this.forgetOld =
                new ForgetOld(
                        tenants,
                        clock,
                        new Periods(
                                period(kept.events()),
                                period(kept.messages()),
                                period(kept.webhookDeliveries()),
                                period(kept.audit())));
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void tick(Instant now) {
        inControl();
        directory.each("forget what is old in", forgetOld::sweep);
    }

    private void inControl() {
        Instant cut = clock.now().minus(period(kept.audit()));
        int audit = 0;
        int some = BATCH;
        while (some == BATCH) {
            some = control.inTransaction(handle -> new AuditDao(handle).forget(cut, BATCH));
            audit += some;
        }
        int events = 0;
        some = BATCH;
        while (some == BATCH) {
            some = billing.forget(period(kept.stripeEvents()), BATCH);
            events += some;
        }
        if (audit + events > 0) {
            LOG.info("forgotten in control: {} of the audit log, {} of Stripe", audit, events);
        }
    }

    private static Duration period(io.dropwizard.util.Duration configured) {
        return Duration.ofMillis(configured.toMilliseconds());
    }
}
