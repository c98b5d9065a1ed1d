package io.regulars.engagement.mail;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;

/** Messages that stand in no database. */
final class LooseMessages {

    private LooseMessages() {}

    static MessageRow of(
            String kind, String messageClass, String state, Instant due, Instant notAfter) {
        return new MessageRow(
                MessageId.next(),
                kind,
                messageClass,
                new MemberId(TypeIds.next()),
                "2027-03-01",
                null,
                state,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1,
                due,
                notAfter,
                0,
                due,
                null,
                null,
                null,
                null,
                due);
    }
}
