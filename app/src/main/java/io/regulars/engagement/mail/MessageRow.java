package io.regulars.engagement.mail;

import io.regulars.loyalty.adjustments.GiftPoints;
import io.regulars.loyalty.members.MemberId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as kept.
 *
 * @param messageClass {@code advertising} or {@code service}
 * @param bounce what came back of it after it was sent: {@code hard}, {@code soft} or {@code
 *     complaint}
 * @param clickedAt when the member first followed one of its links, if that may be counted
 * @param model the values it was rendered with, fixed at hand-over
 */
record MessageRow(
        MessageId id,
        String kind,
        String messageClass,
        MemberId memberId,
        String occurrence,
        @Nullable UUID campaignId,
        String state,
        @Nullable String reason,
        @Nullable String recipient,
        @Nullable String subject,
        @Nullable String locale,
        @Nullable Map<String, Object> model,
        @Nullable UUID voucherId,
        @Nullable PointsGiven points,
        int urgency,
        Instant dueAt,
        Instant notAfter,
        int attempts,
        Instant plannedAt,
        @Nullable Instant sentAt,
        @Nullable String bounce,
        @Nullable Instant bouncedAt,
        @Nullable Instant clickedAt,
        Instant updatedAt) {

    /**
     * Points that were given with a message.
     *
     * @param end exclusive; null where they have no end of their own
     */
    record PointsGiven(long amount, @Nullable Instant end) {}

    /** What the gift is booked under. */
    GiftPoints.Gift gift() {
        return new GiftPoints.Gift(memberId.uuid(), id.toString());
    }

    /** Whether somebody has just done something, and looks for it. */
    boolean isUrgent() {
        return urgency == Messages.Urgency.ANSWER.rank();
    }

    boolean isAdvertising() {
        return messageClass.equals("advertising");
    }
}
