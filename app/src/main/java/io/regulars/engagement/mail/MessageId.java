package io.regulars.engagement.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A message to a member. */
public record MessageId(UUID uuid) {

    public static MessageId next() {
        return new MessageId(TypeIds.next());
    }

    static Optional<MessageId> parse(String text) {
        return TypeIds.parse("msg", text).map(MessageId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("msg", uuid);
    }
}
