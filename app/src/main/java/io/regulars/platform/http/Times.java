package io.regulars.platform.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Times in query parameters. */
public final class Times {

    private Times() {}

    /**
     * @throws Problem 422 for what is not RFC 3339
     */
    public static @Nullable Instant query(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            // A plus sign that was not escaped arrives as a blank.
            return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalid(
                    "?" + name,
                    "invalid_time",
                    name + " must be a time like 2026-11-22T09:00:00Z.");
        }
    }
}
