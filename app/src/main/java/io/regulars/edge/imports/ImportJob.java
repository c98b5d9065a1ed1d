package io.regulars.edge.imports;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as kept.
 *
 * @param checkpoint the line of the file at which the next batch begins
 * @param fence members with a later id may have been made by this import; null before its start
 */
record ImportJob(
        ImportId id,
        ImportKind kind,
        State state,
        Options options,
        long checkpoint,
        Counts counts,
        @Nullable String error,
        @Nullable UUID fence,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    enum State {
        /** Its file is still arriving. */
        STORING,
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED;

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
     * @param createMembers whether purchases of unknown members enrol them
     * @param format whose file it is; null: ours
     * @param dryRun whether it only says what would come of it
     */
    record Options(boolean createMembers, @Nullable ImportFormat format, boolean dryRun) {

        ImportFormat formatOrOurs() {
            return format == null ? ImportFormat.REGULARS : format;
        }
    }

    /** What became of the rows so far. */
    record Counts(long imported, long unchanged, long failed) {

        long rows() {
            return imported + unchanged + failed;
        }
    }
}
