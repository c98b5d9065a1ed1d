package io.regulars.platform.work;

import java.time.Duration;

/**
 * How a node works its lanes.
 *
 * @param poll how often it looks for what other nodes noted and for what has become due by time
 * @param lease after which a lane of a node that went silent is taken over; renewed three times in
 *     between
 * @param stopWait how long a stop waits for slices that are being served
 */
public record LaneSettings(Duration poll, Duration lease, Duration stopWait) {

    public static LaneSettings defaults() {
        return new LaneSettings(
                Duration.ofMillis(250), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }
}
