package io.regulars.engagement.campaigns;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Rows;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * When the campaigns of live shops are next due, in control: one indexed query finds them among any
 * number of shops.
 */
public final class Schedules {

    private final ControlDb control;

    public Schedules(ControlDb control) {
        this.control = control;
    }

    /** Shops with a campaign of this kind that is due, the longest due first. */
    List<TenantId> due(Campaign.Kind kind, Instant now, int limit) {
        return control.inTransaction(handle ->
                handle.createQuery(
                                """
                                select tenant_id, min(next_at) as since from control.campaign_schedule
                                 where kind = :kind and next_at <= :now
                                 group by tenant_id order by since limit :limit
                                """)
                        .bind("kind", CampaignDao.key(kind))
                        .bind("now", now)
                        .bind("limit", limit)
                        .map((row, context) -> new TenantId(Rows.uuid(row, "tenant_id")))
                        .list());
    }

    void put(TenantId tenant, CampaignId campaign, Campaign.Kind kind, Instant next) {
        control.run(handle ->
                handle.createUpdate(
                                """
                                insert into control.campaign_schedule (tenant_id, campaign_id, kind, next_at)
                                values (:tenant, :campaign, :kind, :next)
                                on conflict (tenant_id, campaign_id) do update set next_at = excluded.next_at
                                """)
                        .bind("tenant", tenant.uuid())
                        .bind("campaign", campaign.uuid())
                        .bind("kind", CampaignDao.key(kind))
                        .bind("next", next)
                        .execute());
    }

    void remove(TenantId tenant, CampaignId campaign) {
        control.run(handle ->
                handle.createUpdate(
                                "delete from control.campaign_schedule where tenant_id = :tenant and campaign_id = :campaign")
                        .bind("tenant", tenant.uuid())
                        .bind("campaign", campaign.uuid())
                        .execute());
    }
}
