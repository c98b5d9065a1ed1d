package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The points of one award.
 *
 * @param points what was awarded
 * @param remaining what the member still has of it
 * @param reversed what refunds have called back of it, whether or not the member still had it
 * @param lost what has expired of it and no refund has called back yet
 * @param forgiven what refunds called back, but the member no longer had and need not pay
 * @param inputs what the rule saw and decided
 * @param expiresAt exclusive; null: the account's end counts
 */
public record Lot(
        UUID id,
        UUID memberId,
        String source,
        @Nullable UUID purchaseId,
        @Nullable String occurrence,
        long points,
        long remaining,
        long reversed,
        long lost,
        long forgiven,
        @Nullable String rule,
        int programVersion,
        Map<String, Object> inputs,
        Instant earnedAt,
        Instant availableAt,
        @Nullable Instant expiresAt) {

    /** In which order lots pay: what ends first, then what is oldest. */
    static Comparator<Lot> burnOrder(@Nullable Instant accountEnd) {
        return Comparator.comparing((Lot lot) ->
                        lot.end(accountEnd) == null ? Instant.MAX : lot.end(accountEnd))
                .thenComparing(Lot::earnedAt)
                .thenComparing(Lot::id);
    }

    /**
     * What has become of it: {@code reversed} where refunds have called back all of it, {@code
     * expired} where the rest of it has ended, else {@code pending} or {@code available}, whether
     * or not the member has spent it.
     */
    public String status(Instant now) {
        if (reversed == points) {
            return "reversed";
        }
        if (remaining == 0 && lost > 0) {
            return "expired";
        }
        return isPending(now) ? "pending" : "available";
    }

    /** When it ends, exclusive; where nothing is left of it, as it was given. */
    public @Nullable Instant shownEnd(@Nullable Instant accountEnd) {
        return remaining > 0 ? end(accountEnd) : expiresAt;
    }

    /** When it ends, exclusive. */
    @Nullable Instant end(@Nullable Instant accountEnd) {
        return expiresAt == null ? accountEnd : expiresAt;
    }

    boolean isOver(@Nullable Instant accountEnd, Instant now) {
        Instant end = end(accountEnd);
        return end != null && !end.isAfter(now);
    }

    /** Whether it was given for this, to the member or to one who is part of the member by now. */
    boolean isFor(String what) {
        return occurrence != null && (occurrence.equals(what) || occurrence.startsWith(what + " "));
    }

    /**
     * Only what was to wait is pending: points without a wait are there at once, also where the
     * clock that says "now" is behind the one that gave them, another node's or a till's.
     */
    boolean isPending(Instant now) {
        return availableAt.isAfter(earnedAt) && availableAt.isAfter(now);
    }

    Lot with(long newRemaining, long newReversed, long newLost, long newForgiven) {
        return new Lot(
                id,
                memberId,
                source,
                purchaseId,
                occurrence,
                points,
                newRemaining,
                newReversed,
                newLost,
                newForgiven,
                rule,
                programVersion,
                inputs,
                earnedAt,
                availableAt,
                expiresAt);
    }

    Lot withRemaining(long newRemaining) {
        return with(newRemaining, reversed, lost, forgiven);
    }
}
