package io.regulars.tenancy.plans;

import org.jspecify.annotations.Nullable;

/**
 * What a shop can buy.
 *
 * @param price lookup key of the price at Stripe; null for what is free
 * @param meter event name of the meter that mails beyond the plan are reported to; null where they
 *     are skipped
 * @param meterPrice lookup key of the price that the meter is charged at
 */
public record Plan(
        String key,
        String name,
        @Nullable String price,
        @Nullable Integer trialDays,
        @Nullable String meter,
        @Nullable String meterPrice,
        Limits limits) {

    /** Null: no limit. */
    public record Limits(
            @Nullable Long members,
            @Nullable Long mailsPerMonth,
            @Nullable Long requestsPerSecond,
            @Nullable Long team) {

        static final Limits NONE = new Limits(null, null, null, null);
    }
}
