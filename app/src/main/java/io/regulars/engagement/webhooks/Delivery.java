package io.regulars.engagement.webhooks;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to an endpoint.
 *
 * @param attempts that came to an end, one way or the other; what follows is of the last one
 * @param dueAt when it may go; means nothing any more in an end state
 * @param response the beginning of the answer
 * @param error why there was none, or why it will not be sent any more
 */
record Delivery(
        DeliveryId id,
        EndpointId endpoint,
        UUID event,
        String type,
        State state,
        int attempts,
        Instant dueAt,
        @Nullable Instant attemptedAt,
        @Nullable Integer status,
        @Nullable String response,
        @Nullable String error,
        @Nullable Integer durationMs,
        Instant createdAt) {

    /** {@code CANCELLED}: the endpoint was switched off or deleted before it could go. */
    enum State {
        PENDING,
        SENDING,
        RETRY,
        DELIVERED,
        FAILED,
        CANCELLED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOpen() {
            return this == PENDING || this == SENDING || this == RETRY;
        }
    }

    /**
     * How a try ended.
     *
     * @param status null where there was no answer
     * @param response the beginning of the answer
     * @param error what kept it from being answered
     */
    record Attempt(
            Instant at,
            @Nullable Integer status,
            @Nullable String response,
            @Nullable String error,
            int durationMs) {}
}
