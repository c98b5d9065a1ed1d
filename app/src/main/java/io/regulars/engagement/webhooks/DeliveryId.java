package io.regulars.engagement.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** An event on its way to an endpoint. */
public record DeliveryId(UUID uuid) {

    static DeliveryId next() {
        return new DeliveryId(TypeIds.next());
    }

    static Optional<DeliveryId> parse(String text) {
        return TypeIds.parse("whd", text).map(DeliveryId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("whd", uuid);
    }
}
