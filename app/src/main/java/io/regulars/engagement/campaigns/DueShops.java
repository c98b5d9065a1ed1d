package io.regulars.engagement.campaigns;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.work.Lanes;
import io.regulars.platform.work.Sides;
import java.time.Duration;
import java.time.Instant;

/**
 * Moves the shops that have a campaign of a kind due into their lanes. That is all that a tick
 * does: the work itself is any node's.
 */
record DueShops(Schedules schedules, Sides directory, Lanes lanes) {

    static final Duration EVERY = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 20_000;

    void move(Campaign.Kind kind, Instant now) {
        for (TenantId tenant : schedules.due(kind, now, MOST_AT_ONCE)) {
            directory
                    .find(tenant, Side.LIVE)
                    .ifPresent(side -> lanes.note(PlanCampaigns.QUEUE, side));
        }
    }
}
