package io.regulars.engagement.campaigns;

import io.regulars.platform.db.Rows;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The SQL of {@code control.campaign_schedule}. */
final class ScheduleDao {

    private final Handle handle;

    ScheduleDao(Handle handle) {
        this.handle = handle;
    }

    List<TenantId> due(Campaign.Kind kind, Instant now, int limit) {
        return handle.createQuery(
                        """
                        select tenant_id, min(next_at) as since from control.campaign_schedule
                         where kind = :kind and next_at <= :now
                         group by tenant_id order by since limit :limit
                        """)
                .bind("kind", CampaignDao.key(kind))
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new TenantId(Rows.uuid(row, "tenant_id")))
                .list();
    }

    /**
     * @param campaigns each with a time
     */
    void put(TenantId tenant, List<Schedules.Next> campaigns) {
        handle.createUpdate(
                        """
                        insert into control.campaign_schedule (tenant_id, campaign_id, kind, next_at)
                        select :tenant, campaign_id, kind, next_at
                          from unnest(:campaigns::uuid[], :kinds::text[], :next::timestamptz[])
                               as n (campaign_id, kind, next_at)
                            on conflict (tenant_id, campaign_id) do update set next_at = excluded.next_at
                        """)
                .bind("tenant", tenant.uuid())
                .bindArray(
                        "campaigns",
                        UUID.class,
                        campaigns.stream().map(next -> next.campaign().uuid()).toList())
                .bindArray(
                        "kinds",
                        String.class,
                        campaigns.stream().map(next -> CampaignDao.key(next.kind())).toList())
                .bindArray(
                        "next",
                        Instant.class,
                        campaigns.stream().map(next -> next.at().orElseThrow()).toList())
                .execute();
    }

    void remove(TenantId tenant, List<CampaignId> campaigns) {
        handle.createUpdate(
                        "delete from control.campaign_schedule where tenant_id = :tenant and campaign_id = any(:campaigns)")
                .bind("tenant", tenant.uuid())
                .bindArray(
                        "campaigns", UUID.class, campaigns.stream().map(CampaignId::uuid).toList())
                .execute();
    }
}
