package io.regulars.engagement.campaigns;

import io.regulars.platform.jobs.TickJob;
import java.time.Duration;
import java.time.Instant;

/** Every minute: wakes the shops that are to look for silent buyers. */
record WinBackJob(DueShops shops) implements TickJob {

    @Override
    public String name() {
        return "win-back";
    }

    @Override
    public Duration every() {
        return DueShops.EVERY;
    }

    @Override
    public void tick(Instant now) {
        shops.move(Campaign.Kind.WIN_BACK, now);
    }
}
