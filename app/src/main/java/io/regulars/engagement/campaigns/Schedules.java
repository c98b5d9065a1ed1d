package io.regulars.engagement.campaigns;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When the campaigns of live shops are next due, in control: one indexed query finds them among any
 * number of shops.
 */
public final class Schedules {

    private final ControlDb control;

    public Schedules(ControlDb control) {
        this.control = control;
    }

    /**
     * When a campaign has something to do again.
     *
     * @param at empty: not by itself
     */
    record Next(CampaignId campaign, Campaign.Kind kind, Optional<Instant> at) {

        Next(Campaign campaign, Optional<Instant> at) {
            this(campaign.id(), campaign.kind(), at);
        }
    }

    /** Shops with a campaign of this kind that is due, the longest due first. */
    List<TenantId> due(Campaign.Kind kind, Instant now, int limit) {
        return control.inTransaction(handle -> new ScheduleDao(handle).due(kind, now, limit));
    }

    /** Of these campaigns of a shop; others are left as they are. */
    void set(TenantId tenant, List<Next> campaigns) {
        List<Next> coming = campaigns.stream().filter(next -> next.at().isPresent()).toList();
        List<CampaignId> gone =
                campaigns.stream().filter(next -> next.at().isEmpty()).map(Next::campaign).toList();
        control.run(handle -> {
            ScheduleDao dao = new ScheduleDao(handle);
            if (!coming.isEmpty()) {
                dao.put(tenant, coming);
            }
            if (!gone.isEmpty()) {
                dao.remove(tenant, gone);
            }
        });
    }

    void remove(TenantId tenant, CampaignId campaign) {
        control.run(handle -> new ScheduleDao(handle).remove(tenant, List.of(campaign)));
    }
}
