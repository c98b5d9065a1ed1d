package io.regulars.edge.exports;

import io.regulars.loyalty.program.Reward;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as kept.
 *
 * @param nextChunk the number of the piece to be written next
 * @param last the last row written; null before the first
 */
record ExportJob(
        ExportId id,
        String kind,
        State state,
        Options options,
        int nextChunk,
        long rows,
        @Nullable UUID last,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static final String VOUCHERS = "vouchers";
    static final String MEMBERS = "members";
    static final String TRANSACTIONS = "transactions";
    static final String MESSAGES = "messages";
    static final Set<String> KINDS = Set.of(VOUCHERS, MEMBERS, TRANSACTIONS, MESSAGES);

    enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        /** The file is no longer kept. */
        EXPIRED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What the caller wants.
     *
     * @param batch vouchers to be made; null: those that there are
     */
    record Options(@Nullable Batch batch) {}

    /** So many vouchers of a reward as it was when they were asked for. */
    record Batch(Reward reward, int count, @Nullable String pattern, @Nullable Instant expiresAt) {}
}
