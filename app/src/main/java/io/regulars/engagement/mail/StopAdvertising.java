package io.regulars.engagement.mail;

import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.members.Consents;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.util.Map;

/**
 * A member's no to all advertising: recorded, and what is queued is taken back, in one transaction;
 * where the law asks for it the member is told once by mail that it was heard. Saying no twice is
 * saying it once.
 */
public final class StopAdvertising {

    /** The kind of message, and its folder of templates. */
    static final String KIND = "opt_out_confirmation";

    private static final Duration WORTH_SENDING = Duration.ofDays(2);

    private final MailLaws laws;

    public StopAdvertising(MailLaws laws) {
        this.laws = laws;
    }

    /**
     * @param source where the member said so, as it is kept with the consent
     */
    public void stop(TenantTx tx, MemberId id, String source) {
        Consents.unsubscribe(tx, id, source).ifPresent(member -> afterRefusal(tx, member));
    }

    /** What a no brings that is recorded already, whoever heard it. */
    void afterRefusal(TenantTx tx, Member member) {
        Offers.takeBack(tx, new MemberMailDao(tx).takeBackAdvertising(member.id()));
        if (member.email() != null && laws.between(tx.tenant().country(), member).confirmOptOut()) {
            new MemberMailDao(tx)
                    .insertService(
                            new MemberMailDao.ServiceMessage(
                                    MessageId.next(),
                                    KIND,
                                    member.id(),
                                    "stopped:" + tx.now(),
                                    tx.now().plus(WORTH_SENDING),
                                    Map.of()));
            tx.announce(Messages.QUEUE);
        }
    }
}
