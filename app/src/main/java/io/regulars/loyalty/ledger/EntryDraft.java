package io.regulars.loyalty.ledger;

import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the ledger about to be written. */
record EntryDraft(
        UUID id,
        UUID memberId,
        EntryKind kind,
        long points,
        long balanceAfter,
        @Nullable UUID lotId,
        @Nullable UUID purchaseId,
        @Nullable UUID voucherId,
        @Nullable String rule,
        int programVersion,
        Map<String, Object> inputs,
        Instant occurredAt,
        @Nullable Instant availableAt,
        @Nullable Instant expiresAt) {

    /** An entry that belongs to a lot. */
    static EntryDraft of(
            EntryKind kind, Lot lot, long points, Map<String, Object> inputs, Instant at) {
        return new EntryDraft(
                TypeIds.next(),
                lot.memberId(),
                kind,
                points,
                0,
                lot.id(),
                lot.purchaseId(),
                null,
                lot.rule(),
                lot.programVersion(),
                inputs,
                at,
                kind == EntryKind.EARN || kind == EntryKind.OPENING ? lot.availableAt() : null,
                kind == EntryKind.EARN || kind == EntryKind.OPENING ? lot.expiresAt() : null);
    }

    EntryDraft ofLot(UUID lot) {
        return with(lot, balanceAfter);
    }

    EntryDraft after(long balance) {
        return with(lotId, balance);
    }

    private EntryDraft with(@Nullable UUID lot, long balance) {
        return new EntryDraft(
                id,
                memberId,
                kind,
                points,
                balance,
                lot,
                purchaseId,
                voucherId,
                rule,
                programVersion,
                inputs,
                occurredAt,
                availableAt,
                expiresAt);
    }
}
