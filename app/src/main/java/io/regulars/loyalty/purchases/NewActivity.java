package io.regulars.loyalty.purchases;

import io.regulars.platform.db.ContentHash;
import io.regulars.platform.db.Json;
import io.regulars.platform.http.FieldError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something a member did besides buying.
 *
 * @param type such as {@code review} or {@code check_in}; rules listen to it as {@code
 *     activity:review}
 * @param key the caller's; unique for the type, for ever
 * @param occurredAt null for now
 */
record NewActivity(
        String type, String key, @Nullable Instant occurredAt, Map<String, Object> attributes) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    private static final int LARGEST_ATTRIBUTES = 4_096;

    List<FieldError> errors(Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (!TYPE.matcher(type).matches()) {
            errors.add(
                    new FieldError(
                            "/type",
                            "invalid_key",
                            "A type is made of a-z, 0-9 and _, such as check_in."));
        }
        NewPurchase.text(errors, "/key", key, 255);
        if (occurredAt != null && occurredAt.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            errors.add(
                    new FieldError(
                            "/occurred_at", "in_the_future", "It cannot lie in the future."));
        }
        String written = Json.write(attributes);
        if (written.getBytes(StandardCharsets.UTF_8).length > LARGEST_ATTRIBUTES
                || written.contains("\\u0000")) {
            errors.add(
                    new FieldError(
                            "/attributes",
                            "invalid_attributes",
                            "At most " + LARGEST_ATTRIBUTES + " bytes, and no zero characters."));
        }
        return errors;
    }

    /** Of everything that was said but whose it is, which changes with merges. */
    String contentHash() {
        return ContentHash.of(this);
    }
}
