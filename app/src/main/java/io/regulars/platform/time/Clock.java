package io.regulars.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The service's "now". Live shops follow it; a test shop has its own movable clock, which its
 * transactions answer with instead ({@code TenantTx.now()}).
 */
public final class Clock {

    private final Duration ahead;

    private Clock(Duration ahead) {
        this.ahead = ahead;
    }

    /** The machine's clock. */
    public static Clock system() {
        return new Clock(Duration.ZERO);
    }

    /**
     * A clock that shows {@code start} at this moment and runs on from there; absent: the machine's
     * clock.
     */
    public static Clock startingAt(Optional<Instant> start) {
        return new Clock(start.map(s -> Duration.between(wallClock(), s)).orElse(Duration.ZERO));
    }

    public Instant now() {
        return wallClock().plus(ahead);
    }

    @WallClockAccess
    private static Instant wallClock() {
        // PostgreSQL keeps microseconds; a finer "now" would not survive a round trip through the
        // database.
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
