package io.regulars.loyalty.rewards;

import io.regulars.loyalty.ledger.Payment;
import io.regulars.loyalty.program.Reward;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A voucher as kept. A redemption is the voucher that it gave, so this is both.
 *
 * @param member null for one of a batch that nobody has used
 * @param terms the reward as it was when the voucher was issued
 * @param origin what it was given for: redemption, campaign, stamp_card, referral, welcome, batch
 * @param originId the campaign, purchase, referral or batch
 * @param points what the member paid
 * @param holdUntil when a hold runs out by itself, exclusive
 * @param use where it was used; of a reusable voucher the last time and the discounts of all, until
 *     {@link #usedAgainBy} says which order is meant
 * @param expiresAt exclusive; null: it holds without end
 */
record VoucherRow(
        UUID id,
        String code,
        @Nullable UUID member,
        Reward terms,
        VoucherState state,
        String origin,
        @Nullable UUID originId,
        long points,
        Payment payment,
        @Nullable Instant holdUntil,
        @Nullable Use use,
        Instant issuedAt,
        @Nullable Instant expiresAt) {

    /**
     * Where it was used, and what it took off.
     *
     * @param content of everything the till said; null where a purchase brought the voucher along,
     *     whose own content is kept
     */
    record Use(Instant at, String source, String orderId, long discount, @Nullable String content) {

        boolean isFor(String otherSource, String otherOrder) {
            return source.equals(otherSource) && orderId.equals(otherOrder);
        }
    }

    boolean isRedemption() {
        return origin.equals(Vouchers.REDEMPTION);
    }

    boolean isUsedFor(String source, String orderId) {
        return state == VoucherState.USED && use != null && use.isFor(source, orderId);
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    boolean hasHoldRunOut(Instant now) {
        return state == VoucherState.HELD && holdUntil != null && !now.isBefore(holdUntil);
    }

    /** How the state of one is shown that was not used in time. */
    static final String EXPIRED = "expired";

    /** The state as it is shown: one that was not used in time has expired. */
    String shownState(Instant now) {
        return state == VoucherState.ISSUED && isOver(now) ? EXPIRED : state.key();
    }

    VoucherRow committed() {
        return become(member, VoucherState.ISSUED, null, null);
    }

    VoucherRow cancelled() {
        return become(member, VoucherState.CANCELLED, null, null);
    }

    /**
     * @param user who showed it; one of a batch is theirs from now on
     */
    VoucherRow usedBy(@Nullable UUID user, Use newUse) {
        return become(member == null ? user : member, VoucherState.USED, null, newUse);
    }

    /**
     * A reusable one as one order sees it: that does not use it up.
     *
     * @param newUse null for an order that has not used it
     */
    VoucherRow usedAgainBy(@Nullable UUID user, @Nullable Use newUse) {
        return become(member == null ? user : member, state, holdUntil, newUse);
    }

    boolean isReusable() {
        return terms.isReusable();
    }

    /** As before it was used. */
    VoucherRow restored() {
        boolean isNobodysAgain = origin.equals(Vouchers.BATCH) && !isReusable();
        return become(isNobodysAgain ? null : member, VoucherState.ISSUED, null, null);
    }

    private VoucherRow become(
            @Nullable UUID newMember,
            VoucherState newState,
            @Nullable Instant newHold,
            @Nullable Use newUse) {
        return new VoucherRow(
                id, code, newMember, terms, newState, origin, originId, points, payment, newHold,
                newUse, issuedAt, expiresAt);
    }
}
