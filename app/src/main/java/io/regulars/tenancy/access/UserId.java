package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A person who logs in. */
public record UserId(UUID uuid) {

    public static UserId next() {
        return new UserId(TypeIds.next());
    }

    public static Optional<UserId> parse(String text) {
        return TypeIds.parse("usr", text).map(UserId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("usr", uuid);
    }
}
