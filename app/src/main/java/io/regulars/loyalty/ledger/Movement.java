package io.regulars.loyalty.ledger;

import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that move for a reason that is no award: spent on a voucher, given back, taken by hand.
 *
 * @param points how many, positive
 * @param voucherId the redemption it belongs to
 * @param inputs who did it and why
 */
public record Movement(
        UUID member,
        long points,
        @Nullable UUID purchaseId,
        @Nullable UUID voucherId,
        int programVersion,
        Map<String, Object> inputs) {

    EntryDraft entry(EntryKind kind, long signed, Instant at) {
        return new EntryDraft(
                TypeIds.next(),
                member,
                kind,
                signed,
                0,
                null,
                purchaseId,
                voucherId,
                null,
                programVersion,
                inputs,
                at,
                null,
                null);
    }

    /** Of points that cannot go back to where they were. */
    Lot lot(long given, long remaining, Instant at, @Nullable Instant end) {
        return new Lot(
                TypeIds.next(),
                member,
                "return",
                null,
                null,
                given,
                remaining,
                0,
                0,
                0,
                null,
                programVersion,
                inputs,
                at,
                at,
                end);
    }
}
