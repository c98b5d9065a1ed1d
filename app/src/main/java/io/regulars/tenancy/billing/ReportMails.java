package io.regulars.tenancy.billing;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.Plan;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.Usage;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports mails beyond the plan to Stripe's meter, hour by hour. What an hour is worth is written
 * down once, and reported under a name made of shop, meter and hour until Stripe has taken it: it
 * counts once however often that is tried.
 */
final class ReportMails {

    private static final Logger LOG = LoggerFactory.getLogger(ReportMails.class);

    /** A mail that is on its way when the hour ends gets its time before this is over. */
    private static final Duration SETTLED = Duration.ofMinutes(15);

    private static final int HOURS_BACK = 48;

    private final ControlDb control;
    private final Clock clock;
    private final Payments payments;
    private final Entitlements entitlements;
    private final Usage usage;
    private final TenantDirectory directory;

    ReportMails(
            ControlDb control,
            Clock clock,
            Payments payments,
            Entitlements entitlements,
            Usage usage,
            TenantDirectory directory) {
        this.control = control;
        this.clock = clock;
        this.payments = payments;
        this.entitlements = entitlements;
        this.usage = usage;
        this.directory = directory;
    }

    void work() {
        new Customers(control).forEach(this::shop);
    }

    private void shop(Subscription subscription) {
        try {
            Optional<Plan> plan =
                    entitlements.plan(subscription.tenant()).filter(found -> found.meter() != null);
            Optional<TenantRef> side = directory.find(subscription.tenant(), Side.LIVE);
            if (plan.isPresent() && side.isPresent()) {
                Long free = plan.get().limits().mailsPerMonth();
                if (free != null) {
                    measure(side.get(), free);
                }
                report(
                        Objects.requireNonNull(plan.get().meter()),
                        subscription.tenant(),
                        Objects.requireNonNull(subscription.customer()));
            }
        } catch (RuntimeException e) {
            LOG.error("mails of {} were not reported", subscription.tenant(), e);
        }
    }

    private void measure(TenantRef side, long free) {
        Instant end = clock.now().minus(SETTLED).truncatedTo(ChronoUnit.HOURS);
        Instant month = Usage.start(YearMonth.from(end.minusNanos(1).atOffset(ZoneOffset.UTC)));
        if (usage.mails(side, month, end) <= free) {
            return;
        }
        for (int back = HOURS_BACK; back > 0; back--) {
            Instant hour = end.minus(back, ChronoUnit.HOURS);
            if (hour.isBefore(month) || isMeasured(side.id(), hour)) {
                continue;
            }
            long before = usage.mails(side, month, hour);
            long after = usage.mails(side, month, hour.plus(1, ChronoUnit.HOURS));
            long beyond = Math.max(0, after - free) - Math.max(0, before - free);
            control.run(handle -> new MeterReportDao(handle).insert(side.id(), hour, beyond));
        }
    }

    private boolean isMeasured(TenantId tenant, Instant hour) {
        return control.inTransaction(handle -> new MeterReportDao(handle).isMeasured(tenant, hour));
    }

    private void report(String meter, TenantId tenant, String customer) {
        List<MeterReportDao.Open> open =
                control.inTransaction(handle -> new MeterReportDao(handle).open(tenant));
        for (MeterReportDao.Open hour : open) {
            if (hour.value() > 0) {
                payments.report(
                        meter,
                        customer,
                        hour.value(),
                        hour.hour(),
                        tenant + ":" + meter + ":" + hour.hour().getEpochSecond());
            }
            control.run(handle ->
                    new MeterReportDao(handle).reported(tenant, hour.hour(), clock.now()));
        }
    }
}
