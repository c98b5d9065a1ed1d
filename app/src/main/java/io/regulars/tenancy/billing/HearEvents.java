package io.regulars.tenancy.billing;

import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.background.WokenLoop;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.SubscriptionDao;
import io.regulars.tenancy.plans.ToldOwnersDao;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what Stripe told us: for each event the customer's subscription is fetched. The event is
 * done with the transaction that saw it through; after a crash it is taken up again.
 */
final class HearEvents implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(HearEvents.class);
    private static final Duration POLL = Duration.ofSeconds(20);

    private final ControlDb control;
    private final Clock clock;
    private final SyncSubscription sync;
    private final TellOwners tellOwners;
    private final WokenLoop loop = new WokenLoop("stripe-events", POLL, this::work);

    HearEvents(ControlDb control, Clock clock, SyncSubscription sync, TellOwners tellOwners) {
        this.control = control;
        this.clock = clock;
        this.sync = sync;
        this.tellOwners = tellOwners;
    }

    void wake() {
        loop.wake();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() throws InterruptedException {
        loop.stop();
    }

    void work() {
        while (one()) {
            // Until nothing is left, or Stripe does not answer.
        }
    }

    /**
     * @return whether one was followed; after one that was not, the others wait for the next round
     */
    private boolean one() {
        return control.inTransaction(handle -> {
            StripeEventDao events = new StripeEventDao(handle);
            Optional<StripeEventDao.Waiting> event = events.next(clock.now());
            if (event.isEmpty()) {
                return false;
            }
            try {
                follow(event.get());
                events.done(event.get().id(), clock.now());
                return true;
            } catch (RuntimeException e) {
                LOG.warn("event {} could not be followed yet", event.get().id(), e);
                events.failed(event.get().id(), String.valueOf(e.getMessage()), clock.now());
                return false;
            }
        });
    }

    private void follow(StripeEventDao.Waiting event) {
        String customer = event.customer();
        Optional<TenantId> tenant =
                customer == null
                        ? Optional.empty()
                        : control.inTransaction(
                                handle -> new SubscriptionDao(handle).ofCustomer(customer));
        if (tenant.isEmpty()) {
            // Somebody else's: a Stripe account may serve more than us.
            return;
        }
        Subscription now = sync.handle(tenant.get());
        if (event.type().equals("customer.subscription.trial_will_end") && now.trialEnd() != null) {
            String what = "trial ends " + now.trialEnd();
            boolean first =
                    control.inTransaction(handle ->
                            new ToldOwnersDao(handle).first(tenant.get(), what, clock.now()));
            if (first) {
                tellOwners.notice(tenant.get(), "trial_ending", tenant.get().toString());
            }
        }
    }
}
