package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a member besides the profile, locked by the transaction that read it.
 *
 * @param balance the sum of all ledger entries
 * @param debt points that were taken back when the member no longer had them; the next ones repay
 *     it
 * @param carry what spending left over below a rule's step, in minor units, by rule key
 * @param stamps stamps on cards that are not full, by card key
 * @param tier the tier held; null before any was given
 * @param tierEndsAt exclusive; null: kept without end, or for as long as the rolling window
 *     supports it
 * @param tierReviewAt when the rolling window may have let go of it; the night looks at nobody else
 * @param activeAt when the member last earned, redeemed or checked in
 * @param expiresAt when lots without an end of their own expire, exclusive; null: never
 */
public record Account(
        UUID memberId,
        long balance,
        long debt,
        Map<String, Long> carry,
        Map<String, Long> stamps,
        @Nullable String tier,
        @Nullable Instant tierSince,
        @Nullable Instant tierEndsAt,
        @Nullable Instant tierReviewAt,
        Instant activeAt,
        @Nullable Instant expiresAt) {

    public Account {
        carry = Map.copyOf(carry);
        stamps = Map.copyOf(stamps);
    }

    Account withPoints(long newBalance, long newDebt) {
        return new Account(
                memberId,
                newBalance,
                newDebt,
                carry,
                stamps,
                tier,
                tierSince,
                tierEndsAt,
                tierReviewAt,
                activeAt,
                expiresAt);
    }

    Account withCarry(Map<String, Long> newCarry) {
        return new Account(
                memberId,
                balance,
                debt,
                newCarry,
                stamps,
                tier,
                tierSince,
                tierEndsAt,
                tierReviewAt,
                activeAt,
                expiresAt);
    }

    Account withStamps(Map<String, Long> newStamps) {
        return new Account(
                memberId,
                balance,
                debt,
                carry,
                newStamps,
                tier,
                tierSince,
                tierEndsAt,
                tierReviewAt,
                activeAt,
                expiresAt);
    }

    Account withTier(@Nullable String newTier, @Nullable Instant since, @Nullable Instant endsAt) {
        return new Account(
                memberId,
                balance,
                debt,
                carry,
                stamps,
                newTier,
                since,
                endsAt,
                tierReviewAt,
                activeAt,
                expiresAt);
    }

    Account withTierReview(@Nullable Instant at) {
        return new Account(
                memberId,
                balance,
                debt,
                carry,
                stamps,
                tier,
                tierSince,
                tierEndsAt,
                at,
                activeAt,
                expiresAt);
    }

    Account activeUntil(Instant now, @Nullable Instant newExpiresAt) {
        return new Account(
                memberId,
                balance,
                debt,
                carry,
                stamps,
                tier,
                tierSince,
                tierEndsAt,
                tierReviewAt,
                now,
                newExpiresAt);
    }
}
