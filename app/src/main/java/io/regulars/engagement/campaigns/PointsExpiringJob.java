package io.regulars.engagement.campaigns;

import io.regulars.platform.jobs.TickJob;
import java.time.Duration;
import java.time.Instant;

/** Every minute: wakes the shops that warn of points that end. */
record PointsExpiringJob(DueShops shops) implements TickJob {

    @Override
    public String name() {
        return "points-expiring";
    }

    @Override
    public Duration every() {
        return DueShops.EVERY;
    }

    @Override
    public void tick(Instant now) {
        shops.move(Campaign.Kind.POINTS_EXPIRING, now);
    }
}
