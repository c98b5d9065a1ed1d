package io.regulars.tenancy.signups;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A signup, verified or not. */
public record SignupId(UUID uuid) {

    static SignupId next() {
        return new SignupId(TypeIds.next());
    }

    static Optional<SignupId> parse(String text) {
        return TypeIds.parse("sgn", text).map(SignupId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("sgn", uuid);
    }
}
