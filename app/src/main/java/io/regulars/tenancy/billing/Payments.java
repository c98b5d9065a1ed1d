package io.regulars.tenancy.billing;

import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.plans.Plan;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What we ask of whoever takes the money. */
interface Payments {

    /** Makes a customer of a shop; asked again, answers the same one. */
    String customer(TenantId tenant, String businessName, String email);

    /** A page on which the customer subscribes. */
    URI checkout(Order order);

    /** A page on which the customer changes, pays and ends what they have. */
    URI portal(String customer, URI back);

    /**
     * What the customer has: the subscription that is worth most; empty where there never was one.
     */
    Optional<Paid> paid(String customer);

    /** Ends all that the customer has, at once. */
    void cancel(String customer);

    /** Whether a subscription ends with the period that is paid, or goes on. */
    void letRunOut(String subscription, boolean ends);

    /** Reports a number of mails; the same identifier counts once. */
    void report(String meter, String customer, long mails, Instant at, String identifier);

    /**
     * An order.
     *
     * @param trialDays 0 for none
     */
    record Order(TenantId tenant, String customer, Plan plan, int trialDays, URI done, URI back) {}

    /**
     * A subscription.
     *
     * @param prices lookup keys of the prices of its items
     * @param item the one of the plan
     */
    record Paid(
            String subscription,
            String status,
            List<String> prices,
            @Nullable String item,
            @Nullable Instant periodStart,
            @Nullable Instant periodEnd,
            @Nullable Instant trialEnd,
            boolean cancelAtPeriodEnd) {}

    /** It did not work; trying again later may. */
    final class PaymentTrouble extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PaymentTrouble(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
