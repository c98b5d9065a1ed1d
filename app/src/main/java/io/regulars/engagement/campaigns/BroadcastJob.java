package io.regulars.engagement.campaigns;

import io.regulars.platform.jobs.TickJob;
import java.time.Duration;
import java.time.Instant;

/** Every minute: wakes the shops whose mail to everybody is due. */
record BroadcastJob(DueShops shops) implements TickJob {

    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public Duration every() {
        return DueShops.EVERY;
    }

    @Override
    public void tick(Instant now) {
        shops.move(Campaign.Kind.BROADCAST, now);
    }
}
