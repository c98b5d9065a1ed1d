package io.regulars.engagement.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A place that webhooks go to. */
public record EndpointId(UUID uuid) {

    static EndpointId next() {
        return new EndpointId(TypeIds.next());
    }

    static Optional<EndpointId> parse(String text) {
        return TypeIds.parse("whe", text).map(EndpointId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("whe", uuid);
    }
}
