package io.regulars.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Something that is done at intervals by one node of the cluster. Never twice at once; it may be
 * skipped (no node was up) or cut off in the middle (its node died), and the next tick makes up for
 * it.
 */
public interface TickJob {

    /** What its trigger and metrics are called; a job of another name is another job. */
    String name();

    Duration every();

    /**
     * One tick.
     *
     * @param now the service's clock
     */
    void tick(Instant now);

    static TickJob of(String name, Duration every, Consumer<Instant> tick) {
        return new TickJob() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration every() {
                return every;
            }

            @Override
            public void tick(Instant now) {
                tick.accept(now);
            }
        };
    }
}
