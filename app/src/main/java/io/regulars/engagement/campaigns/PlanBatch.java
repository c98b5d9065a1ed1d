package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Round;
import io.regulars.engagement.campaigns.CampaignKind.Slice;
import io.regulars.engagement.campaigns.PlanMessages.Tally;
import io.regulars.engagement.campaigns.RunDao.Run;
import io.regulars.platform.db.TenantTx;

/**
 * Takes a run one batch on, within the caller's transaction: who is due, what is planned for them,
 * and how far the run has got.
 */
final class PlanBatch {

    private static final int BATCH = 500;

    private final CampaignKinds kinds;
    private final PlanMessages messages;

    PlanBatch(CampaignKinds kinds, PlanMessages messages) {
        this.kinds = kinds;
        this.messages = messages;
    }

    /**
     * @return how many messages were planned to be sent
     */
    int plan(TenantTx tx, Run run) {
        Campaign campaign = new CampaignDao(tx).find(run.campaignId()).orElseThrow();
        Round round = new Round(campaign, run.localDay(), run.zone());
        Slice slice =
                kinds.of(campaign)
                        .due(
                                tx,
                                round,
                                new CampaignKind.Position(run.cursor(), run.fence(), BATCH));
        Tally tally =
                messages.plan(
                        tx,
                        round,
                        messages.occasion(campaign, run.id(), run.dueAt(), run.notAfter()),
                        slice.due());
        Run further = run.with(tally).at(slice.cursor());
        new RunDao(tx).advance(slice.last() ? further.finished(tx.now()) : further);
        return tally.planned();
    }
}
