package io.regulars.loyalty.members;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A member of a shop's program. */
public record MemberId(UUID uuid) {

    public static MemberId next() {
        return new MemberId(TypeIds.next());
    }

    public static Optional<MemberId> parse(String text) {
        return TypeIds.parse("mem", text).map(MemberId::new);
    }

    @JsonCreator
    static MemberId fromJson(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a member id"));
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("mem", uuid);
    }
}
