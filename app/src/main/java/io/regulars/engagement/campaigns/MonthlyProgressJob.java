package io.regulars.engagement.campaigns;

import io.regulars.platform.jobs.TickJob;
import java.time.Duration;
import java.time.Instant;

/** Every minute: wakes the shops whose monthly progress mail is due. */
record MonthlyProgressJob(DueShops shops) implements TickJob {

    @Override
    public String name() {
        return "monthly-progress";
    }

    @Override
    public Duration every() {
        return DueShops.EVERY;
    }

    @Override
    public void tick(Instant now) {
        shops.move(Campaign.Kind.MONTHLY_PROGRESS, now);
    }
}
