package io.regulars.platform.ids;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;

/** A shop that signed up. */
public record TenantId(UUID uuid) {

    public static TenantId next() {
        return new TenantId(TypeIds.next());
    }

    public static Optional<TenantId> parse(String text) {
        return TypeIds.parse("ten", text).map(TenantId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("ten", uuid);
    }
}
