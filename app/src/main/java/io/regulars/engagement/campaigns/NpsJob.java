package io.regulars.engagement.campaigns;

import io.regulars.platform.jobs.TickJob;
import java.time.Duration;
import java.time.Instant;

/**
 * Every minute: wakes the shops whose the question how likely members are to recommend the shop is
 * due.
 */
record NpsJob(DueShops shops) implements TickJob {

    @Override
    public String name() {
        return "nps";
    }

    @Override
    public Duration every() {
        return DueShops.EVERY;
    }

    @Override
    public void tick(Instant now) {
        shops.move(Campaign.Kind.NPS, now);
    }
}
