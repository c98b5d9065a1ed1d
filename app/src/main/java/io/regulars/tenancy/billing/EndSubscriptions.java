package io.regulars.tenancy.billing;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.SubscriptionDao;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shop that ends pays no more: no further period once its owner asked for the end, nothing at all
 * once it is deleted. Compares what is with what should be, so that a shop is deleted on its day
 * whether Stripe answers or not, and Stripe is asked until it did.
 */
final class EndSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(EndSubscriptions.class);
    private static final int AT_ONCE = 500;

    private final ControlDb control;
    private final Clock clock;
    private final Payments payments;
    private final SyncSubscription sync;

    EndSubscriptions(ControlDb control, Clock clock, Payments payments, SyncSubscription sync) {
        this.control = control;
        this.clock = clock;
        this.payments = payments;
        this.sync = sync;
    }

    void work() {
        each(SubscriptionDao::ofDeletedShops, this::cancel);
        each(SubscriptionDao::ofShopsAboutToEnd, one -> letRunOut(one, true));
        each(SubscriptionDao::ofShopsThatStayed, one -> letRunOut(one, false));
    }

    private interface Which {
        List<Subscription> in(SubscriptionDao dao, int atMost);
    }

    private interface Step {
        void take(Subscription subscription);
    }

    private void each(Which which, Step step) {
        List<Subscription> some =
                control.inTransaction(handle -> which.in(new SubscriptionDao(handle), AT_ONCE));
        for (Subscription one : some) {
            try {
                step.take(one);
                Subscription _ = sync.handle(one.tenant());
            } catch (RuntimeException e) {
                LOG.warn("the subscription of {} could not be ended yet", one.tenant(), e);
            }
        }
    }

    private void cancel(Subscription one) {
        payments.cancel(Objects.requireNonNull(one.customer()));
        LOG.info("{} is deleted and pays no more", one.tenant());
    }

    private void letRunOut(Subscription one, boolean ends) {
        payments.letRunOut(Objects.requireNonNull(one.subscription()), ends);
        control.run(handle ->
                new SubscriptionDao(handle).setEndsWithShop(one.tenant(), ends, clock.now()));
    }
}
