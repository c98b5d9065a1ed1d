package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.platform.db.TenantTx;

/** How many more vouchers, or gifts of points, a campaign may give. */
final class OfferBudget {

    private OfferBudget() {}

    /** Below zero: as many as it likes. */
    static long left(TenantTx tx, Campaign campaign) {
        Campaign.Offer offer = campaign.definition().offer();
        if (offer == null || offer.budget() == null) {
            return -1;
        }
        return Math.max(0, offer.budget() - Messages.offersGiven(tx, campaign.id().uuid()));
    }
}
