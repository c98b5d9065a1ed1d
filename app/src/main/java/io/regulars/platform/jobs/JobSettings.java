package io.regulars.platform.jobs;

import java.time.Duration;
import java.util.Map;

/**
 * How a node takes part in the ticking.
 *
 * @param threads jobs that this node runs at once
 * @param lateAfter a tick that is later than this is made up for once, however many were missed
 * @param checkIn how often a node says that it lives; one that is silent for this long and 7.5 s
 *     more loses what it was running
 * @param stopWait how long a stop waits for running ticks
 * @param every intervals that differ from the jobs' own, by job name
 */
public record JobSettings(
        int threads,
        Duration lateAfter,
        Duration checkIn,
        Duration stopWait,
        Map<String, Duration> every) {

    public static JobSettings defaults() {
        return new JobSettings(
                3,
                Duration.ofSeconds(10),
                Duration.ofMillis(7500),
                Duration.ofSeconds(30),
                Map.of());
    }

    Duration intervalOf(TickJob job) {
        return every.getOrDefault(job.name(), job.every());
    }
}
