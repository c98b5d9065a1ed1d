package io.regulars.tenancy.billing;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.audit.AuditDao;
import io.regulars.tenancy.plans.Entitlements;
import io.regulars.tenancy.plans.Plan;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.SubscriptionDao;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Fetches what a shop has at Stripe and writes it down. The row is locked before the fetch, so that
 * of two at once the one that fetched later also writes later.
 */
final class SyncSubscription {

    private final ControlDb control;
    private final Clock clock;
    private final Payments payments;
    private final Plans plans;
    private final Entitlements entitlements;
    private final TellOwners tellOwners;

    SyncSubscription(
            ControlDb control,
            Clock clock,
            Payments payments,
            Plans plans,
            Entitlements entitlements,
            TellOwners tellOwners) {
        this.control = control;
        this.clock = clock;
        this.payments = payments;
        this.plans = plans;
        this.entitlements = entitlements;
        this.tellOwners = tellOwners;
    }

    private record Change(Subscription before, Subscription after) {}

    Subscription handle(TenantId tenant) {
        Change change =
                control.inTransaction(handle ->
                        synced(new SubscriptionDao(handle), new AuditDao(handle), tenant));
        entitlements.forget(tenant);
        tell(change);
        return change.after();
    }

    private Change synced(SubscriptionDao dao, AuditDao audit, TenantId tenant) {
        Instant now = clock.now();
        Subscription before = dao.lock(tenant, now);
        String customer = before.customer();
        if (customer == null) {
            return new Change(before, before);
        }
        Subscription after =
                payments.paid(customer)
                        .map(paid -> with(before, paid, now))
                        .orElseGet(() -> emptied(before));
        dao.write(after, now);
        if (!Objects.equals(shown(before), shown(after))) {
            audit.note(
                    tenant,
                    "subscription.changed",
                    tenant.toString(),
                    shown(before),
                    shown(after),
                    now);
        }
        return new Change(before, after);
    }

    private Subscription with(Subscription before, Payments.Paid paid, Instant now) {
        String plan =
                paid.prices().stream()
                        .flatMap(price -> plans.ofPrice(price).stream())
                        .map(Plan::key)
                        .findFirst()
                        .orElse(null);
        boolean pastDue = paid.status().equals("past_due");
        return new Subscription(
                before.tenant(),
                before.customer(),
                paid.subscription(),
                plan,
                paid.status(),
                paid.item(),
                paid.periodStart(),
                paid.periodEnd(),
                paid.trialEnd(),
                paid.cancelAtPeriodEnd(),
                pastDue ? Optional.ofNullable(before.pastDueSince()).orElse(now) : null,
                paid.trialEnd() != null && before.trialUsedAt() == null
                        ? now
                        : before.trialUsedAt());
    }

    private static Subscription emptied(Subscription before) {
        return new Subscription(
                before.tenant(),
                before.customer(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                before.trialUsedAt());
    }

    private static Map<String, String> shown(Subscription subscription) {
        Map<String, String> shown = new HashMap<>();
        if (subscription.plan() != null) {
            shown.put("plan", subscription.plan());
        }
        if (subscription.status() != null) {
            shown.put("status", subscription.status());
        }
        if (subscription.cancelAtPeriodEnd()) {
            shown.put("cancel_at_period_end", "true");
        }
        return shown;
    }

    private void tell(Change change) {
        Subscription after = change.after();
        boolean ended = "canceled".equals(after.status()) || "unpaid".equals(after.status());
        if (after.isPastDue() && !change.before().isPastDue()) {
            tellOwners.notice(after.tenant(), "payment_failed", after.tenant().toString());
        } else if (ended
                && change.before().status() != null
                && !Objects.equals(change.before().status(), after.status())) {
            tellOwners.notice(after.tenant(), "subscription_ended", after.tenant().toString());
        }
    }
}
