package io.regulars.tenancy.billing;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.plans.Plans;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stripe, spoken to with its own library, which pins the version of the API. */
final class StripePayments implements Payments {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(20);
    private static final int RETRIES = 2;
    private static final Duration SAME_ORDER = Duration.ofMinutes(10);

    /** Which of several subscriptions counts. */
    private static final List<String> WORTH =
            List.of(
                    "active",
                    "trialing",
                    "past_due",
                    "unpaid",
                    "paused",
                    "incomplete",
                    "canceled",
                    "incomplete_expired");

    private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

    private final StripeClient client;
    private final Plans plans;
    private final Clock clock;

    /**
     * Speaks to Stripe.
     *
     * @param apiBase empty: Stripe itself
     */
    StripePayments(SecretText key, String apiBase, Plans plans, Clock clock) {
        StripeClient.StripeClientBuilder builder =
                StripeClient.builder()
                        .setApiKey(key.value())
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setReadTimeout((int) READ.toMillis())
                        .setMaxNetworkRetries(RETRIES);
        if (!apiBase.isEmpty()) {
            builder.setApiBase(apiBase).setMeterEventsBase(apiBase);
        }
        this.client = builder.build();
        this.plans = plans;
        this.clock = clock;
    }

    @Override
    public String customer(TenantId tenant, String businessName, String email) {
        CustomerCreateParams params =
                CustomerCreateParams.builder()
                        .setName(businessName)
                        .setEmail(email)
                        .putMetadata("tenant_id", tenant.toString())
                        .build();
        return asked(
                () -> client.v1().customers().create(params, keyed("customer-" + tenant)).getId());
    }

    @Override
    public URI checkout(Order order) {
        SessionCreateParams.Builder params =
                SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setCustomer(order.customer())
                        .setClientReferenceId(order.tenant().toString())
                        .setSuccessUrl(order.done().toString())
                        .setCancelUrl(order.back().toString())
                        .setAutomaticTax(
                                SessionCreateParams.AutomaticTax.builder().setEnabled(true).build())
                        .setTaxIdCollection(
                                SessionCreateParams.TaxIdCollection.builder()
                                        .setEnabled(true)
                                        .build())
                        // With a customer that is there already, tax needs to write to it.
                        .setCustomerUpdate(
                                SessionCreateParams.CustomerUpdate.builder()
                                        .setName(SessionCreateParams.CustomerUpdate.Name.AUTO)
                                        .setAddress(SessionCreateParams.CustomerUpdate.Address.AUTO)
                                        .build())
                        .setBillingAddressCollection(
                                SessionCreateParams.BillingAddressCollection.REQUIRED)
                        .setPaymentMethodCollection(
                                SessionCreateParams.PaymentMethodCollection.IF_REQUIRED)
                        .setSubscriptionData(subscriptionData(order))
                        .addLineItem(
                                SessionCreateParams.LineItem.builder()
                                        .setPrice(
                                                price(Objects.requireNonNull(order.plan().price())))
                                        .setQuantity(1L)
                                        .build());
        String meterPrice = order.plan().meterPrice();
        if (meterPrice != null) {
            params.addLineItem(
                    SessionCreateParams.LineItem.builder().setPrice(price(meterPrice)).build());
        }
        // Somebody who clicks twice gets one page; who comes back later gets a new one.
        String key =
                String.join(
                        "-",
                        "checkout",
                        order.tenant().toString(),
                        order.plan().key(),
                        Integer.toString(order.trialDays()),
                        Integer.toHexString(Objects.hash(order.done(), order.back())),
                        Long.toString(clock.now().getEpochSecond() / SAME_ORDER.toSeconds()));
        return asked(() ->
                URI.create(
                        client.v1()
                                .checkout()
                                .sessions()
                                .create(params.build(), keyed(key))
                                .getUrl()));
    }

    private static SubscriptionData subscriptionData(Order order) {
        SubscriptionData.Builder data =
                SubscriptionData.builder().putMetadata("tenant_id", order.tenant().toString());
        if (order.trialDays() > 0) {
            data.setTrialPeriodDays((long) order.trialDays())
                    .setTrialSettings(
                            SubscriptionData.TrialSettings.builder()
                                    .setEndBehavior(
                                            SubscriptionData.TrialSettings.EndBehavior.builder()
                                                    .setMissingPaymentMethod(
                                                            SubscriptionData.TrialSettings
                                                                    .EndBehavior
                                                                    .MissingPaymentMethod.CANCEL)
                                                    .build())
                                    .build());
        }
        return data.build();
    }

    @Override
    public URI portal(String customer, URI back) {
        com.stripe.param.billingportal.SessionCreateParams params =
                com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(customer)
                        .setReturnUrl(back.toString())
                        .build();
        String key = "portal-" + customer + "-" + clock.now().toEpochMilli();
        return asked(() ->
                URI.create(
                        client.v1()
                                .billingPortal()
                                .sessions()
                                .create(params, keyed(key))
                                .getUrl()));
    }

    @Override
    public Optional<Paid> paid(String customer) {
        return all(customer).stream()
                .min(
                        Comparator.comparingInt(StripePayments::worth)
                                .thenComparing(Subscription::getCreated, Comparator.reverseOrder()))
                .map(this::paid);
    }

    private List<Subscription> all(String customer) {
        SubscriptionListParams params =
                SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .setLimit(100L)
                        .build();
        return asked(() -> client.v1().subscriptions().list(params).getData());
    }

    @Override
    public void cancel(String customer) {
        SubscriptionCancelParams params = SubscriptionCancelParams.builder().build();
        for (Subscription one : all(customer)) {
            if (!OVER.contains(one.getStatus())) {
                asked(() ->
                        client.v1()
                                .subscriptions()
                                .cancel(one.getId(), params, keyed("cancel-" + one.getId())));
            }
        }
    }

    @Override
    public void letRunOut(String subscription, boolean ends) {
        SubscriptionUpdateParams params =
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(ends).build();
        // An owner may go back and forth; only repeats of this very call are one.
        String key =
                String.join(
                        "-",
                        "run-out",
                        subscription,
                        Boolean.toString(ends),
                        Long.toString(clock.now().toEpochMilli()));
        asked(() -> client.v1().subscriptions().update(subscription, params, keyed(key)));
    }

    private Paid paid(Subscription subscription) {
        List<SubscriptionItem> items = subscription.getItems().getData();
        Optional<SubscriptionItem> ofPlan =
                items.stream()
                        .filter(item -> lookupKey(item).flatMap(plans::ofPrice).isPresent())
                        .findFirst();
        return new Paid(
                subscription.getId(),
                subscription.getStatus(),
                items.stream().flatMap(item -> lookupKey(item).stream()).toList(),
                ofPlan.map(SubscriptionItem::getId).orElse(null),
                // Periods belong to items; those of the subscription went away in 2025.
                ofPlan.map(item -> instant(item.getCurrentPeriodStart())).orElse(null),
                ofPlan.map(item -> instant(item.getCurrentPeriodEnd())).orElse(null),
                instant(subscription.getTrialEnd()),
                Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd()));
    }

    @Override
    public void report(String meter, String customer, long mails, Instant at, String identifier) {
        MeterEventCreateParams params =
                MeterEventCreateParams.builder()
                        .setEventName(meter)
                        .setIdentifier(identifier)
                        .setTimestamp(at.getEpochSecond())
                        .putPayload("stripe_customer_id", customer)
                        .putPayload("value", Long.toString(mails))
                        .build();
        asked(() -> client.v1().billing().meterEvents().create(params, keyed(identifier)));
    }

    private String price(String lookupKey) {
        PriceListParams params =
                PriceListParams.builder().addLookupKey(lookupKey).setActive(true).build();
        return asked(() -> client.v1().prices().list(params).getData()).stream()
                .map(Price::getId)
                .findFirst()
                .orElseThrow(() ->
                        new PaymentTrouble(
                                new IllegalStateException(
                                        "Stripe has no active price with the lookup key "
                                                + lookupKey)));
    }

    private static Optional<String> lookupKey(SubscriptionItem item) {
        return Optional.ofNullable(item.getPrice()).map(Price::getLookupKey);
    }

    private static int worth(Subscription subscription) {
        int place = WORTH.indexOf(subscription.getStatus());
        return place < 0 ? WORTH.size() : place;
    }

    private static @Nullable Instant instant(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static RequestOptions keyed(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    private interface Call<R> {
        R make() throws StripeException;
    }

    private static <R> R asked(Call<R> call) {
        try {
            return call.make();
        } catch (StripeException e) {
            throw new PaymentTrouble(e);
        }
    }
}
