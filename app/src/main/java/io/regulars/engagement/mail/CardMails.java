package io.regulars.engagement.mail;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.engagement.mail.Messages.Occasion;
import io.regulars.engagement.mail.Messages.Plan;
import io.regulars.engagement.mail.Messages.Urgency;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Mails about the member's card, planned within the caller's transaction. Anybody may ask for one
 * by typing an address, so one member gets each at most once in a quarter of an hour.
 */
public final class CardMails {

    private static final long PAUSE_MINUTES = 15;
    private static final Duration WORTH_SENDING = Duration.ofDays(1);

    /** An invitation that nobody could send for a week is sent no more. */
    private static final Duration INVITATION_HOLDS = Duration.ofDays(7);

    private static final String INVITATION = "invitation";

    private CardMails() {}

    /** Asks somebody who filled in a join page whether the address is theirs. */
    public static void askToConfirm(TenantTx tx, Member member) {
        plan(tx, member, Composer.JOIN_CONFIRM);
    }

    /** Sends a member the link to their card again. */
    public static void sendLink(TenantTx tx, Member member) {
        plan(tx, member, "card_link");
    }

    private static void plan(TenantTx tx, Member member, String kind) {
        Messages.plan(
                tx,
                new Occasion(
                        kind,
                        MessageClass.SERVICE,
                        Urgency.ANSWER,
                        null,
                        null,
                        tx.now(),
                        tx.now().plus(WORTH_SENDING)),
                List.of(new Plan(MessageId.next(), member.id(), quarter(tx.now()), null)));
    }

    private static String quarter(Instant now) {
        long minute = now.truncatedTo(ChronoUnit.MINUTES).getEpochSecond() / 60;
        return "asked:" + Instant.ofEpochSecond((minute - minute % PAUSE_MINUTES) * 60);
    }

    /**
     * Tells members who came by a file, and agreed to advertising, that they have a card; each of
     * them once.
     *
     * @param fence members above it may have come by the file
     * @return how many were planned
     */
    public static int invite(TenantTx tx, UUID fence, int limit) {
        List<Plan> plans =
                tx.query(
                                """
                                select m.id from <t>.member m
                                 where m.id > :fence and m.marketing_email and m.email is not null
                                   and m.merged_into is null and m.erased_at is null
                                   and not exists (select from <t>.message i
                                                    where i.member_id = m.id and i.kind = 'invitation')
                                 order by m.id limit :limit
                                """)
                        .bind("fence", fence)
                        .bind("limit", limit)
                        .mapTo(UUID.class)
                        .map(id -> new Plan(MessageId.next(), new MemberId(id), INVITATION, null))
                        .list();
        return Messages.plan(
                        tx,
                        new Occasion(
                                INVITATION,
                                MessageClass.ADVERTISING,
                                Urgency.NEWS,
                                null,
                                null,
                                tx.now(),
                                tx.now().plus(INVITATION_HOLDS)),
                        plans)
                .size();
    }
}
