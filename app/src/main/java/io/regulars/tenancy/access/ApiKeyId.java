package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** An API key. */
public record ApiKeyId(UUID uuid) {

    public static ApiKeyId next() {
        return new ApiKeyId(TypeIds.next());
    }

    public static Optional<ApiKeyId> parse(String text) {
        return TypeIds.parse("key", text).map(ApiKeyId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("key", uuid);
    }
}
