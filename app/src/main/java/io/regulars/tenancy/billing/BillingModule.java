package io.regulars.tenancy.billing;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.setup.Environment;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.plans.Usage;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what shops pay with. Without a key of Stripe it says that there is nothing to pay. */
public final class BillingModule {

    private static final Logger LOG = LoggerFactory.getLogger(BillingModule.class);

    private final Outside outside;
    private final Optional<Payments> payments;
    private final SecretText webhookSecret;
    private final boolean live;
    private final RemindOfPayment remind;
    private final @Nullable SyncSubscription sync;
    private final @Nullable HearEvents hearEvents;

    /** What the room takes from outside. */
    public record Outside(
            ControlDb control,
            Clock clock,
            Plans plans,
            Entitlements entitlements,
            TellOwners tellOwners,
            TenantDirectory directory,
            Usage usage,
            URI publicUrl,
            MetricRegistry metrics) {}

    /**
     * Makes the objects; nothing runs yet.
     *
     * @param key empty: nothing is to be paid
     * @param apiBase empty: Stripe itself
     */
    public BillingModule(
            Outside outside, SecretText key, SecretText webhookSecret, String apiBase) {
        this.outside = outside;
        this.webhookSecret = webhookSecret;
        this.live = key.value().contains("_live_");
        this.payments =
                key.value().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new StripePayments(key, apiBase, outside.plans(), outside.clock()));
        this.remind =
                new RemindOfPayment(
                        outside.control(),
                        outside.clock(),
                        outside.tellOwners(),
                        outside.plans().pastDueGraceDays());
        this.sync = payments.map(this::sync).orElse(null);
        this.hearEvents =
                sync == null
                        ? null
                        : new HearEvents(
                                outside.control(), outside.clock(), sync, outside.tellOwners());
    }

    private SyncSubscription sync(Payments to) {
        return new SyncSubscription(
                outside.control(),
                outside.clock(),
                to,
                outside.plans(),
                outside.entitlements(),
                outside.tellOwners());
    }

    public List<NoticeSource> notices() {
        return remind.notices(outside.directory(), URI.create(outside.entitlements().upgradeUrl()));
    }

    public static Set<Class<?>> resources() {
        return Set.of(BillingResource.class);
    }

    public void register(Environment environment) {
        environment
                .jersey()
                .register(
                        new BillingResource(
                                new BillingResource.Desk(
                                        payments,
                                        outside.control(),
                                        outside.clock(),
                                        outside.plans(),
                                        outside.entitlements(),
                                        outside.tellOwners(),
                                        outside.directory(),
                                        outside.publicUrl())));
        if (hearEvents == null) {
            LOG.info("No STRIPE_SECRET_KEY: billing is off, and no shop has limits");
            return;
        }
        environment.lifecycle().manage(hearEvents);
        environment
                .jersey()
                .register(
                        new StripeWebhookResource(
                                outside.control(),
                                outside.clock(),
                                webhookSecret,
                                live,
                                hearEvents,
                                outside.metrics()));
    }

    public List<TickJob> jobs() {
        if (payments.isEmpty() || sync == null) {
            return List.of();
        }
        EndSubscriptions end =
                new EndSubscriptions(outside.control(), outside.clock(), payments.get(), sync);
        ReportMails report =
                new ReportMails(
                        outside.control(),
                        outside.clock(),
                        payments.get(),
                        outside.entitlements(),
                        outside.usage(),
                        outside.directory());
        return List.of(
                TickJob.of("reconcile-stripe", Duration.ofDays(1), now -> reconcile()),
                TickJob.of("end-subscriptions", Duration.ofMinutes(10), now -> end.work()),
                TickJob.of("remind-of-payment", Duration.ofHours(6), now -> remind.look()),
                TickJob.of("report-mails", Duration.ofHours(1), now -> report.work()));
    }

    /** Fetches every shop's subscription: an event may have been lost. */
    public void reconcile() {
        SyncSubscription fetch = sync;
        if (fetch != null) {
            new Customers(outside.control()).forEach(one -> reconcile(fetch, one.tenant()));
        }
    }

    private static void reconcile(SyncSubscription fetch, TenantId tenant) {
        try {
            fetch.handle(tenant);
        } catch (RuntimeException e) {
            LOG.error("the subscription of {} was not fetched", tenant, e);
        }
    }

    /** Forgets old events of Stripe; answers how many. */
    public int forget(Duration older, int limit) {
        return outside.control()
                .inTransaction(handle ->
                        new StripeEventDao(handle)
                                .forget(outside.clock().now().minus(older), limit));
    }
}
