package io.regulars.tenancy.users;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** An invitation that was not answered yet. */
record InvitationId(UUID uuid) {

    static InvitationId next() {
        return new InvitationId(TypeIds.next());
    }

    static Optional<InvitationId> parse(String text) {
        return TypeIds.parse("inv", text).map(InvitationId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("inv", uuid);
    }
}
