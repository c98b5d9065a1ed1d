package io.regulars.engagement.campaigns;

import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.tenancy.tenants.ChecklistSource;
import java.util.List;

/**
 * What else stands between a shop and its first mail: somebody who wants it, and a campaign that
 * runs.
 */
final class FirstMail implements ChecklistSource {

    private final TenantDb tenants;

    FirstMail(TenantDb tenants) {
        this.tenants = tenants;
    }

    @Override
    public List<ChecklistItem> items(TenantRef side) {
        return tenants.inTransaction(side, FirstMail::items);
    }

    private static List<ChecklistItem> items(TenantTx tx) {
        boolean wanted =
                tx.query(
                                "select exists (select from <t>.member where marketing_email and email is not null)")
                        .mapTo(boolean.class)
                        .one();
        boolean runs = !new CampaignDao(tx).active().isEmpty();
        return List.of(
                new ChecklistItem(
                        "consented_member",
                        wanted,
                        true,
                        wanted
                                ? "There are members who want mail."
                                : "Enrol or import members with an e-mail address and their consent to marketing_email."),
                new ChecklistItem(
                        "active_campaign",
                        runs,
                        true,
                        runs
                                ? "A campaign is running."
                                : "Make a campaign with POST /v1/campaigns and activate it."));
    }
}
