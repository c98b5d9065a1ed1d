package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.List;

/**
 * When a campaign that goes out once is over: no round is to come or open, and each of its messages
 * has come to an end. Until then it is active, so that it can be paused or cancelled while the last
 * mails leave.
 */
final class Endings {

    private final TenantTx tx;
    private final CampaignKinds kinds;

    Endings(TenantTx tx, CampaignKinds kinds) {
        this.tx = tx;
        this.kinds = kinds;
    }

    /** Notes which of these are over. */
    void note(Collection<Campaign> active) {
        for (Campaign campaign : over(active)) {
            new CampaignDao(tx).complete(campaign.id());
        }
    }

    boolean isAnyOver(Collection<Campaign> active) {
        return !over(active).isEmpty();
    }

    /** Whether some of these have all their rounds behind them, and messages on the way. */
    boolean isAnyAwaited(Collection<Campaign> active) {
        return active.stream()
                .anyMatch(campaign ->
                        isPlanned(campaign) && Messages.isAnyOnItsWay(tx, campaign.id().uuid()));
    }

    private List<Campaign> over(Collection<Campaign> active) {
        return active.stream()
                .filter(campaign ->
                        isPlanned(campaign) && !Messages.isAnyOnItsWay(tx, campaign.id().uuid()))
                .toList();
    }

    private boolean isPlanned(Campaign campaign) {
        Rounds rounds = new Rounds(tx, kinds);
        return kinds.of(campaign).endsByItself()
                && rounds.nextHour(campaign).isEmpty()
                && !rounds.isAnyOpen(List.of(campaign))
                && !new RunDao(tx).isAnyOpen(campaign.id());
    }
}
