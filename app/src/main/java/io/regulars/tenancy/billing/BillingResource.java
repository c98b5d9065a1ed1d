package io.regulars.tenancy.billing;

import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.forms.Form;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.Plan;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.SubscriptionDao;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the shop pays. The pages on which it does are Stripe's. */
@Tag(name = "Billing")
@Path("/v1/billing")
@Produces(MediaType.APPLICATION_JSON)
public final class BillingResource {

    private static final Set<String> RUNNING = Set.of("active", "trialing", "past_due", "unpaid");

    private final Desk desk;

    BillingResource(Desk desk) {
        this.desk = desk;
    }

    /**
     * What the room takes from outside.
     *
     * @param payments empty where nothing is to be paid
     */
    public record Desk(
            Optional<Payments> payments,
            ControlDb control,
            Clock clock,
            Plans plans,
            Entitlements entitlements,
            TellOwners owners,
            TenantDirectory directory,
            URI publicUrl) {}

    /**
     * An order.
     *
     * @param plan its key
     * @param successUrl where the page leads when all is done; it grants nothing by itself
     */
    public record CheckoutOrder(
            @Nullable String plan, @Nullable String successUrl, @Nullable String cancelUrl) {}

    public record PortalOrder(@Nullable String returnUrl) {}

    /** A page of Stripe's to go to now; it is good for a short time. */
    public record StripePage(URI url) {}

    /**
     * What the shop pays for.
     *
     * @param billing on or off; off: nothing is to be paid and there are no limits
     * @param plan that holds now
     * @param status the word of Stripe; null without a subscription
     */
    public record SubscriptionView(
            String billing,
            @Nullable String plan,
            @Nullable String status,
            @Nullable Instant periodEnd,
            @Nullable Instant trialEnd,
            boolean cancelAtPeriodEnd,
            @Nullable Instant pastDueSince,
            List<PlanView> plans) {}

    /** A plan to choose. */
    public record PlanView(
            String key,
            String name,
            @Nullable Long members,
            @Nullable Long mailsPerMonth,
            @Nullable Long requestsPerSecond,
            @Nullable Long team,
            int trialDays) {

        static PlanView of(Plan plan) {
            return new PlanView(
                    plan.key(),
                    plan.name(),
                    plan.limits().members(),
                    plan.limits().mailsPerMonth(),
                    plan.limits().requestsPerSecond(),
                    plan.limits().team(),
                    Objects.requireNonNullElse(plan.trialDays(), 0));
        }
    }

    @GET
    @Path("/subscription")
    @AllowedTo(Audience.ADMIN)
    @Returns(SubscriptionView.class)
    @Operation(summary = "What the shop pays for, and the plans there are")
    public SubscriptionView subscription(@Auth Caller caller) {
        TenantId tenant = caller.tenant().id();
        Subscription row =
                desk.control()
                        .inTransaction(handle -> new SubscriptionDao(handle).find(tenant))
                        .orElseGet(() -> Subscription.none(tenant));
        return new SubscriptionView(
                desk.payments().isPresent() ? "on" : "off",
                desk.entitlements().plan(tenant).map(Plan::key).orElse(null),
                row.status(),
                row.periodEnd(),
                row.trialEnd(),
                row.cancelAtPeriodEnd(),
                row.pastDueSince(),
                desk.plans().plans().stream().map(PlanView::of).toList());
    }

    @POST
    @Path("/checkout-sessions")
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(status = 201, value = StripePage.class)
    @Operation(
            summary = "Take a plan",
            description =
                    "Go to the page; the plan holds when Stripe has told us that it is paid, or its trial has begun. With a running subscription use the portal.")
    public Response checkout(@Auth Caller caller, CheckoutOrder body) {
        Payments payments = payments();
        Form form = new Form();
        Optional<Plan> plan =
                Optional.ofNullable(body.plan())
                        .flatMap(desk.plans()::find)
                        .filter(found -> found.price() != null);
        if (body.plan() == null) {
            form.refuse("/plan", "required", "Must be there, and not empty.");
        } else if (plan.isEmpty()) {
            form.refuse("/plan", "unknown_plan", "GET /v1/billing/subscription lists the plans.");
        }
        URI done = url(form, "/success_url", body.successUrl());
        URI back = url(form, "/cancel_url", body.cancelUrl());
        form.check();
        TenantId tenant = caller.tenant().id();
        if (desk.directory().tenant(tenant).orElseThrow().deletionDueAt() != null) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "This shop is about to be deleted; to go on with it, first send POST /v1/tenant/keep.");
        }
        Subscription row = withCustomer(payments, tenant);
        if (row.status() != null && RUNNING.contains(row.status())) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "There is a subscription already; change it with POST /v1/billing/portal-sessions.");
        }
        int trial =
                row.trialUsedAt() == null
                        ? Objects.requireNonNullElse(plan.orElseThrow().trialDays(), 0)
                        : 0;
        URI page =
                asked(() ->
                        payments.checkout(
                                new Payments.Order(
                                        tenant,
                                        Objects.requireNonNull(row.customer()),
                                        plan.orElseThrow(),
                                        trial,
                                        done,
                                        back)));
        return Response.status(201).entity(new StripePage(page)).build();
    }

    @POST
    @Path("/portal-sessions")
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(status = 201, value = StripePage.class)
    @Operation(summary = "Change the plan, the card, the tax id; see invoices; end it all")
    public Response portal(@Auth Caller caller, @Nullable PortalOrder body) {
        Payments payments = payments();
        Form form = new Form();
        URI back = url(form, "/return_url", body == null ? null : body.returnUrl());
        form.check();
        Subscription row = withCustomer(payments, caller.tenant().id());
        URI page = asked(() -> payments.portal(Objects.requireNonNull(row.customer()), back));
        return Response.status(201).entity(new StripePage(page)).build();
    }

    /** Made under the row's lock, and with a key of the shop: there is one, whatever happens. */
    private Subscription withCustomer(Payments payments, TenantId tenant) {
        Tenant shop = desk.directory().tenant(tenant).orElseThrow();
        String email = desk.owners().first(tenant);
        return asked(() ->
                desk.control()
                        .inTransaction(handle -> {
                            SubscriptionDao dao = new SubscriptionDao(handle);
                            Instant now = desk.clock().now();
                            if (dao.lock(tenant, now).customer() == null) {
                                String customer =
                                        payments.customer(tenant, shop.businessName(), email);
                                dao.setCustomer(tenant, customer, now);
                            }
                            return dao.find(tenant).orElseThrow();
                        }));
    }

    private Payments payments() {
        return desk.payments()
                .orElseThrow(() ->
                        Problem.of(
                                ProblemType.BILLING_OFF,
                                "This service runs without billing; there are no limits."));
    }

    private URI url(Form form, String pointer, @Nullable String value) {
        if (value == null) {
            return desk.publicUrl();
        }
        String text = form.website(pointer, value);
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // Said by the form.
            return desk.publicUrl();
        }
    }

    private static <R> R asked(Supplier<R> asking) {
        try {
            return asking.get();
        } catch (Payments.PaymentTrouble e) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "Stripe cannot be reached at the moment; try again.")
                    .retryAfter(Duration.ofSeconds(30));
        }
    }
}
