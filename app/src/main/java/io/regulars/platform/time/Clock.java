package io.regulars.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The service's "now". Live shops follow it; a test shop has its own movable clock, which its
 * transactions answer with instead ({@code TenantTx.now()}).
 */
public final class Clock {

    private final AtomicReference<Duration> ahead;
    private final boolean isMovable;

    private Clock(Duration ahead, boolean isMovable) {
        this.ahead = new AtomicReference<>(ahead);
        this.isMovable = isMovable;
    }

    /** The machine's clock. */
    public static Clock system() {
        return new Clock(Duration.ZERO, false);
    }

    /**
     * A clock that shows {@code start} at this moment and runs on from there; absent: the machine's
     * clock.
     */
    public static Clock startingAt(Optional<Instant> start) {
        return start.map(s -> new Clock(Duration.between(wallClock(), s), true))
                .orElseGet(Clock::system);
    }

    public Instant now() {
        return wallClock().plus(ahead.get());
    }

    /**
     * Puts a clock that does not show the world's time anyway forward; it runs on from there.
     *
     * @throws IllegalStateException where it is the machine's clock
     * @throws IllegalArgumentException backwards
     */
    public void moveTo(Instant moment) {
        if (!isMovable) {
            throw new IllegalStateException("the machine's clock is not ours to move");
        }
        Instant now = now();
        if (moment.isBefore(now)) {
            throw new IllegalArgumentException("it shows " + now + " and only goes forward");
        }
        ahead.set(Duration.between(wallClock(), moment));
    }

    @WallClockAccess
    private static Instant wallClock() {
        // PostgreSQL keeps microseconds; a finer "now" would not survive a round trip through the
        // database.
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
