package io.regulars.loyalty.members;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member's word on one purpose; the history is kept as proof.
 *
 * @param source where it was given, such as {@code till} or {@code join_page}
 * @param wording what the member read
 * @param occurredAt when the member said so
 */
record ConsentEvent(
        UUID id,
        MemberId memberId,
        String purpose,
        boolean granted,
        String source,
        @Nullable String wording,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy) {

    static final String MARKETING_EMAIL = "marketing_email";
}
