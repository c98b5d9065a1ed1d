package io.regulars.engagement.mail;

import io.regulars.engagement.mail.OutgoingDao.Change;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Pauses a campaign whose mails keep failing: something is wrong with its list or its sender, and
 * every further refusal harms the name of all who send from here. The shop resumes it when the
 * reason is gone; what is planned waits until then.
 */
final class ErrorCeiling {

    private static final Duration LOOKING_BACK = Duration.ofHours(1);

    /** Fewer may be chance, whatever the share. */
    private static final int FAILED = 50;

    /** One in so many. */
    private static final int SHARE = 5;

    private ErrorCeiling() {}

    /** Looks at the campaigns of these messages, of which some have just failed. */
    static void check(TenantTx tx, Collection<MessageRow> messages, List<Change> changes) {
        List<MessageId> failed =
                changes.stream()
                        .filter(change -> change.state().equals("failed"))
                        .map(Change::id)
                        .toList();
        List<UUID> campaigns =
                messages.stream()
                        .filter(message -> failed.contains(message.id()))
                        .map(MessageRow::campaignId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (campaigns.isEmpty()) {
            return;
        }
        MailedCampaignDao dao = new MailedCampaignDao(tx);
        dao.lock(campaigns);
        for (UUID campaign : campaigns) {
            Map<String, Long> outcomes = dao.outcomes(campaign, tx.now().minus(LOOKING_BACK));
            long bad = outcomes.getOrDefault("failed", 0L);
            long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
            if (bad >= FAILED && bad * SHARE >= all && dao.pause(campaign)) {
                Outbox.append(tx, new Event.CampaignPaused(campaign, "too_many_failures"));
            }
        }
    }
}
