package io.regulars.tenancy.plans;

import io.regulars.platform.ids.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a shop pays for, as Stripe said last.
 *
 * @param plan key in {@code plans.yml}; null while there is no subscription, or for a price that is
 *     none of ours
 * @param status the word of Stripe
 * @param item the subscription's item, by which its price is changed
 * @param pastDueSince since when a bill could not be paid
 */
public record Subscription(
        TenantId tenant,
        @Nullable String customer,
        @Nullable String subscription,
        @Nullable String plan,
        @Nullable String status,
        @Nullable String item,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        @Nullable Instant trialEnd,
        boolean cancelAtPeriodEnd,
        @Nullable Instant pastDueSince,
        @Nullable Instant trialUsedAt) {

    public static Subscription none(TenantId tenant) {
        return new Subscription(
                tenant, null, null, null, null, null, null, null, null, false, null, null);
    }

    public boolean isPastDue() {
        return "past_due".equals(status);
    }

    /**
     * Whether it is worth its plan now; a bill that could not be paid takes nothing away at once.
     */
    boolean holds(Instant now, Duration grace) {
        if (status == null) {
            return false;
        }
        return switch (status) {
            case "trialing", "active" -> true;
            case "past_due" -> pastDueSince == null || now.isBefore(pastDueSince.plus(grace));
            // incomplete, incomplete_expired, unpaid, canceled, paused, and what Stripe may invent.
            default -> false;
        };
    }
}
