package io.regulars.engagement.campaigns;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.Lanes;
import io.regulars.platform.work.TenantDirectory;
import java.time.Duration;
import java.time.Instant;

/**
 * Every minute: moves the shops whose birthday campaign is due into their lanes. All else happens
 * there.
 */
final class BirthdayOffersJob implements TickJob {

    private static final int MOST_AT_ONCE = 20_000;

    private final Schedules schedules;
    private final TenantDirectory directory;
    private final Lanes lanes;

    BirthdayOffersJob(Schedules schedules, TenantDirectory directory, Lanes lanes) {
        this.schedules = schedules;
        this.directory = directory;
        this.lanes = lanes;
    }

    @Override
    public String name() {
        return "birthday-offers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void tick(Instant now) {
        for (TenantId tenant : schedules.due(Campaign.Kind.BIRTHDAY, now, MOST_AT_ONCE)) {
            directory
                    .find(tenant, Side.LIVE)
                    .ifPresent(side -> lanes.note(PlanCampaigns.QUEUE, side));
        }
    }
}
