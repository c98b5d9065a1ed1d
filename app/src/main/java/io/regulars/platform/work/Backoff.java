package io.regulars.platform.work;

import java.time.Duration;

/**
 * How long a lane rests after failures in a row: 10 s, doubling up to 15 minutes. After ten, about
 * an hour on, the lane counts as dead: it is reported, and tried four times a day only, so that a
 * tenant that cannot be served costs next to nothing and still heals by itself.
 */
final class Backoff {

    static final int DEAD_AFTER = 10;
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration DEAD = Duration.ofHours(6);

    private Backoff() {}

    /**
     * @param failures in a row, the one just met included
     */
    static Duration after(int failures, LaneKey lane) {
        if (failures >= DEAD_AFTER) {
            return spread(DEAD, lane);
        }
        Duration doubled = FIRST.multipliedBy(1L << (failures - 1));
        return spread(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, lane);
    }

    /** Up to a fifth less, the same for a lane each time: lanes that failed together part. */
    private static Duration spread(Duration duration, LaneKey lane) {
        int thousandths = Math.floorMod(lane.tenant().hashCode(), 200);
        return duration.minus(duration.multipliedBy(thousandths).dividedBy(1000));
    }
}
