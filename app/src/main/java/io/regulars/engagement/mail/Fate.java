package io.regulars.engagement.mail;

import io.regulars.platform.smtp.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a relay's answer means for a message. Pure. */
final class Fate {

    /** How long to wait after the first, second … failed attempt. */
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1));

    private Fate() {}

    /**
     * @param attempt the number of the attempt that ended so, from 1
     */
    static OutgoingDao.Change after(
            MessageRow message, int attempt, Handover handover, Instant now) {
        return switch (handover) {
            case Handover.Accepted accepted ->
                    new OutgoingDao.Change(message.id(), "sent", null, now, now);
            case Handover.Refused refused ->
                    new OutgoingDao.Change(
                            message.id(),
                            "failed",
                            RelayWords.kept(refused.code() + " " + refused.reply()),
                            now,
                            null);
            case Handover.Deferred deferred ->
                    retry(message, attempt, RelayWords.kept(deferred.reason()), now);
            // It may have arrived. Advertising twice is worse than not at all; the rest must
            // arrive, and carries the
            // same Message-ID again.
            case Handover.Unknown unknown ->
                    message.isAdvertising()
                            ? new OutgoingDao.Change(
                                    message.id(),
                                    "unknown",
                                    RelayWords.kept(unknown.reason()),
                                    now,
                                    null)
                            : retry(message, attempt, RelayWords.kept(unknown.reason()), now);
        };
    }

    private static OutgoingDao.Change retry(
            MessageRow message, int attempt, String reason, Instant now) {
        Instant next = now.plus(PAUSES.get(Math.min(attempt, PAUSES.size()) - 1));
        // Rather a last try in time than one that comes too late.
        Instant last = message.notAfter().minus(PAUSES.getFirst());
        Instant due = next.isAfter(last) && now.isBefore(last) ? last : next;
        return new OutgoingDao.Change(message.id(), "retry", reason, due, null);
    }
}
