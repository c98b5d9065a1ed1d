package io.regulars.events;

import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.UUID;

/**
 * An event as it was written down.
 *
 * @param data JSON as it is published
 */
public record Published(UUID id, String type, String data, Instant occurredAt) {

    /** The id as others know it, {@code evt_…}. */
    public String publicId() {
        return TypeIds.format("evt", id);
    }
}
