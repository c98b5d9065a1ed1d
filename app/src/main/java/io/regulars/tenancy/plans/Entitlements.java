package io.regulars.tenancy.plans;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a shop may use. Never asks Stripe; answers are at most four seconds old. */
public final class Entitlements {

    private static final Duration STALE = Duration.ofSeconds(4);

    private final ControlDb control;
    private final Clock clock;
    private final Plans plans;
    private final boolean billing;
    private final URI publicUrl;
    private final Cache<TenantId, Subscription> known =
            Caffeine.newBuilder().expireAfterWrite(STALE).maximumSize(50_000).build();

    /**
     * Answers from these plans.
     *
     * @param billing whether there is anything to pay; if not, nobody has limits
     */
    public Entitlements(
            ControlDb control, Clock clock, Plans plans, boolean billing, URI publicUrl) {
        this.control = control;
        this.clock = clock;
        this.plans = plans;
        this.billing = billing;
        this.publicUrl = publicUrl;
    }

    /** The shop's plan; empty where there is nothing to pay. */
    public Optional<Plan> plan(TenantId tenant) {
        if (!billing) {
            return Optional.empty();
        }
        Subscription subscription = subscription(tenant);
        return Optional.of(
                Optional.ofNullable(subscription.plan())
                        .filter(plan -> subscription.holds(clock.now(), plans.grace()))
                        .flatMap(plans::find)
                        .orElseGet(plans::free));
    }

    public Plan.Limits limits(TenantId tenant) {
        return plan(tenant).map(Plan::limits).orElse(Plan.Limits.NONE);
    }

    Subscription subscription(TenantId tenant) {
        return known.get(
                tenant,
                id ->
                        control.inTransaction(handle ->
                                new SubscriptionDao(handle)
                                        .find(id)
                                        .orElseGet(() -> Subscription.none(id))));
    }

    /** Refuses what the plan has no room for. */
    public Problem reached(TenantId tenant, String what, long limit) {
        return Problem.of(
                        ProblemType.PLAN_LIMIT_REACHED,
                        "The plan "
                                + plan(tenant).map(Plan::name).orElse("without limits")
                                + " has room for "
                                + limit
                                + " "
                                + what
                                + "; take a larger one.")
                .with("limit", limit)
                .with("upgrade_url", upgradeUrl());
    }

    /** Where it is said how to get a larger plan. */
    public String upgradeUrl() {
        return publicUrl.resolve("/docs#tag/Billing").toString();
    }

    /** To be called after the commit of a change. */
    public void forget(TenantId tenant) {
        known.invalidate(tenant);
    }
}
