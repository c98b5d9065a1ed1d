package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.smtp.Handover;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Outgoing;
import io.regulars.platform.templates.Rendered;
import io.regulars.tenancy.tenants.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mails as a member would get them, to be looked at by the shop: nothing is planned or kept. Links
 * by which the member would act lead nowhere, or whoever tries the mail out would act for them.
 */
public final class Rehearsal {

    private final Composer composer;
    private final Sender sender;
    private final FirstSends firstSends;

    Rehearsal(Composer composer, Sender sender, FirstSends firstSends) {
        this.composer = composer;
        this.sender = sender;
        this.firstSends = firstSends;
    }

    /**
     * What a message would be.
     *
     * @param occurrence such as the day it is about
     * @param dueAt when it would be
     */
    public record Sketch(
            String kind,
            Messages.MessageClass messageClass,
            String occurrence,
            Instant dueAt,
            @Nullable UUID campaignId,
            @Nullable UUID voucherId,
            @Nullable Long points,
            @Nullable Instant pointsEnd) {}

    /** A mail that was written. */
    public record Written(String locale, String subject, String html, String text) {}

    /** A mail that can be sent to somebody else for a look. */
    public static final class Trial {

        private final Tenant tenant;
        private final Composer.Letter letter;

        private Trial(Tenant tenant, Composer.Letter letter) {
            this.tenant = tenant;
            this.letter = letter;
        }
    }

    /** Writes the mail; the member needs no address. */
    public Trial rehearse(TenantTx tx, Tenant tenant, Sketch sketch, Member member) {
        MessageRow message =
                new MessageRow(
                        MessageId.next(),
                        sketch.kind(),
                        sketch.messageClass().key(),
                        member.id(),
                        sketch.occurrence(),
                        sketch.campaignId(),
                        "planned",
                        null,
                        null,
                        null,
                        null,
                        null,
                        sketch.voucherId(),
                        sketch.points() == null
                                ? null
                                : new MessageRow.PointsGiven(sketch.points(), sketch.pointsEnd()),
                        Messages.Urgency.ANSWER.rank(),
                        sketch.dueAt(),
                        tx.now(),
                        0,
                        tx.now(),
                        null,
                        null,
                        null,
                        null,
                        tx.now());
        Composer.Draft draft =
                composer.draft(
                        tx,
                        tenant,
                        message,
                        new DepartureCheck.Verdict.Go(member, "somebody@example.com"),
                        composer.group(tx, tenant, List.of(message), false));
        Map<String, Object> model = Harmless.model(draft.model(), sender.publicUrl());
        return new Trial(
                tenant,
                composer.letter(
                        new Composer.Draft(message, draft.address(), draft.locale(), model)));
    }

    public Written show(Trial trial) {
        Rendered rendered = trial.letter.rendered();
        return new Written(
                trial.letter.departure().locale(),
                rendered.subject(),
                rendered.html(),
                rendered.text());
    }

    /**
     * Counts a mail that is about to be tried out.
     *
     * @throws Problem 429 where a new shop has none left today
     */
    public void count(TenantTx tx, Tenant tenant) {
        firstSends.trial(tx, tenant);
    }

    /** Hands it over at once, marked as a trial. Not to be called within a transaction. */
    public Handover send(TenantRef side, Trial trial, Mailbox to, Instant now) {
        Outgoing mail = composer.outgoing(side, trial.tenant, trial.letter, now);
        return sender.relay(side.isTest())
                .deliver(
                        new Outgoing(
                                mail.envelopeFrom(),
                                mail.from(),
                                mail.replyTo(),
                                to,
                                "[Test] " + mail.subject(),
                                mail.html(),
                                mail.text(),
                                mail.messageId(),
                                Map.of(),
                                mail.date()));
    }
}
