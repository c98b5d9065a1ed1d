package io.regulars.platform.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the lists of this house sort by, read back from their cursors. */
public final class Positions {

    private Positions() {}

    /** A moment, and an id where several rows share it. */
    public record TimeAndId(Instant time, UUID id) {

        @Override
        public String toString() {
            return time + " " + id;
        }
    }

    /**
     * @throws Problem 422 for a cursor of another list
     */
    public static @Nullable UUID id(Optional<Cursor> cursor) {
        return cursor.map(c -> uuid(c.position())).orElse(null);
    }

    /**
     * @throws Problem 422 for a cursor of another list
     */
    public static Optional<TimeAndId> timeAndId(Optional<Cursor> cursor) {
        return cursor.map(c -> {
            int blank = c.position().indexOf(' ');
            if (blank < 0) {
                throw Cursor.refused();
            }
            try {
                return new TimeAndId(
                        Instant.parse(c.position().substring(0, blank)),
                        uuid(c.position().substring(blank + 1)));
            } catch (DateTimeException e) {
                throw Cursor.refused();
            }
        });
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.refused();
        }
    }
}
