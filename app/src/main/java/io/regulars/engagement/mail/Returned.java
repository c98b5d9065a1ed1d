package io.regulars.engagement.mail;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Notes what came back of a message, within the caller's transaction. */
public final class Returned {

    private Returned() {}

    /** What came back. */
    public enum Kind {
        /** The address does not work. */
        HARD,
        /** It did not work this time. */
        SOFT,
        /** The reader called it spam. */
        COMPLAINT;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Notes it, tells of it, and suppresses the address where it must get nothing more. Saying the
     * same twice is saying it once; a complaint counts whatever came before.
     *
     * @param reason the other side's words, of which no address is kept
     * @return whether that was news
     */
    public static boolean note(TenantTx tx, UUID message, Kind kind, String reason) {
        Optional<MessageRow> found = new MessageDao(tx).find(new MessageId(message));
        if (found.isEmpty() || !new MemberMailDao(tx).returned(found.get().id(), kind.key())) {
            return false;
        }
        Optional.ofNullable(found.get().recipient())
                .filter(_ -> kind != Kind.SOFT)
                .ifPresent(address ->
                        new Suppressions(tx)
                                .add(
                                        List.of(address),
                                        kind == Kind.HARD
                                                ? Suppressions.HARD_BOUNCE
                                                : Suppressions.COMPLAINT));
        Outbox.append(
                tx,
                new Event.MessageBounced(
                        message,
                        found.get().memberId().uuid(),
                        kind.key(),
                        RelayWords.kept(reason)));
        return true;
    }
}
