package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Due;
import io.regulars.engagement.campaigns.CampaignKind.Round;
import io.regulars.engagement.campaigns.EventKind.Happened;
import io.regulars.engagement.campaigns.PlanMessages.Tally;
import io.regulars.engagement.campaigns.RunDao.Run;
import io.regulars.engagement.mail.Messages;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import io.regulars.platform.work.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * Plans the mails that answer to events. The event's mark is taken away in the transaction that
 * plans, so that none is answered twice and none is lost. A campaign that is paused answers too:
 * its mails wait for it, as those of rounds do.
 */
final class AnswerEvents {

    /** After so long nobody waits for an answer any more. */
    static final Duration TOO_LATE = Duration.ofDays(1);

    private static final int EVENTS_AT_ONCE = 200;

    private final CampaignKinds kinds;
    private final PlanMessages messages;
    private final Lanes lanes;

    AnswerEvents(CampaignKinds kinds, PlanMessages messages, Lanes lanes) {
        this.kinds = kinds;
        this.messages = messages;
        this.lanes = lanes;
    }

    /** Answers to the first events that wait; false when there are none. */
    boolean next(TenantTx tx) {
        List<Happened> events =
                Outbox.takeAwaited(tx, EVENTS_AT_ONCE).stream().map(Happened::of).toList();
        if (events.isEmpty()) {
            return false;
        }
        int planned = 0;
        for (Campaign campaign : new CampaignDao(tx).live()) {
            planned +=
                    kinds.answering(campaign)
                            .map(kind -> answer(tx, campaign, kind, events))
                            .orElse(0);
        }
        if (planned > 0) {
            tx.afterCommit(() -> lanes.note(Messages.QUEUE, tx.tenant()));
        }
        return true;
    }

    private int answer(TenantTx tx, Campaign campaign, EventKind kind, List<Happened> events) {
        List<Happened> asked =
                events.stream()
                        .filter(event -> event.event().type().equals(kind.event()))
                        .filter(event -> isMeant(campaign, event, tx.now()))
                        .toList();
        List<Due> due = asked.isEmpty() ? List.of() : kind.answers(tx, campaign, asked);
        if (due.isEmpty()) {
            return 0;
        }
        Instant first =
                asked.stream()
                        .map(event -> event.event().occurredAt())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        ZoneId zone = tx.tenant().zone();
        LocalDate day = LocalTimes.day(tx.now(), zone);
        Run run =
                new RunDao(tx)
                        .ofDay(campaign.id(), new DailySlots.Slot(day, zone, tx.now(), tx.now()));
        Tally tally =
                messages.plan(
                        tx,
                        new Round(campaign, day, zone),
                        messages.occasion(campaign, run.id(), tx.now(), first.plus(TOO_LATE)),
                        due);
        new RunDao(tx).advance(run.with(tally).finished(tx.now()));
        return tally.planned();
    }

    /** Whether it happened while the campaign ran, and not too long ago. */
    private static boolean isMeant(Campaign campaign, Happened event, Instant now) {
        Instant at = event.event().occurredAt();
        Instant activated = campaign.activatedAt();
        return activated != null && !at.isBefore(activated) && at.isAfter(now.minus(TOO_LATE));
    }
}
