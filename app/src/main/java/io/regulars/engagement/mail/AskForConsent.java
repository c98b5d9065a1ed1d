package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks by mail whether it was really the owner of the address who said yes on a page: the second
 * half of a double opt-in. Until the link in that mail is used ({@link ConfirmConsent}) the member
 * gets no advertising. The message itself is the record of the question: the wording that was
 * agreed to stands in it, and the address it went to.
 */
public final class AskForConsent {

    /** The kind of message, and its folder of templates. */
    static final String KIND = "consent_confirmation";

    /** How long the link in the mail works. */
    static final Duration VALID = Duration.ofDays(7);

    /** A question that nobody read in this time is not worth sending any more. */
    private static final Duration WORTH_SENDING = Duration.ofDays(2);

    /** Whoever types a stranger's address must not be able to fill the stranger's mailbox. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private static final int MOST_A_DAY = 3;

    private AskForConsent() {}

    /** What came of asking. */
    public enum Asked {
        /** The mail is on its way. */
        MAILED,
        /** The member wants advertising already. */
        KNOWN,
        /**
         * A question is on its way, or was asked too often today; another one would be too many.
         */
        LATELY,
        /** There is no address, or mail to it comes back. */
        UNREACHABLE
    }

    /**
     * Plans the mail within the caller's transaction; it leaves after the commit.
     *
     * @param source where the member said so, such as {@code join_page}
     * @param wording what the member read and agreed to, word for word
     */
    public static Asked ask(TenantTx tx, MemberId id, String source, String wording) {
        Optional<Member> found = MemberDirectory.find(tx, id);
        String address = found.map(Member::email).orElse(null);
        if (found.isEmpty() || address == null) {
            return Asked.UNREACHABLE;
        }
        Member member = found.get();
        if (member.marketingEmail()) {
            return Asked.KNOWN;
        }
        MessageDao dao = new MessageDao(tx);
        if (!dao.suppressed(Set.of(address)).isEmpty()) {
            return Asked.UNREACHABLE;
        }
        int today =
                new MemberMailDao(tx)
                        .countSince(KIND, member.id(), tx.now().minus(Duration.ofDays(1)));
        int justNow = new MemberMailDao(tx).countSince(KIND, member.id(), tx.now().minus(PAUSE));
        if (justNow > 0 || today >= MOST_A_DAY) {
            return Asked.LATELY;
        }
        new MemberMailDao(tx)
                .insertService(
                        new MemberMailDao.ServiceMessage(
                                MessageId.next(),
                                KIND,
                                member.id(),
                                "asked:" + tx.now(),
                                tx.now().plus(WORTH_SENDING),
                                Map.of("request", Map.of("source", source, "wording", wording))));
        tx.announce(Messages.QUEUE);
        return Asked.MAILED;
    }
}
