package io.regulars.testing;

import io.regulars.platform.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock that all tests and their services go by. It starts at one moment whenever they are run:
 * a mail that waits for the end of the quiet hours would come in time only to who tests by day.
 */
public final class TestClock {

    /** By day in Hanoi, London and New York, and far from the ends of day, week and month. */
    private static final Instant START = Instant.parse("2026-11-25T13:30:00Z");

    public static final Clock CLOCK = Clock.startingAt(Optional.of(START));

    private TestClock() {}

    public static Instant now() {
        return CLOCK.now();
    }
}
