package io.regulars.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockTest {

    private static final Instant START = Instant.parse("2027-07-01T00:05:00Z");

    @Test
    void aClockOfItsOwnIsPutForwardAndRunsOn() {
        Clock clock = Clock.startingAt(Optional.of(START));
        Instant later = START.plus(Duration.ofDays(366));
        clock.moveTo(later);
        assertThat(clock.now()).isBetween(later, later.plusSeconds(60));
        assertThatThrownBy(() -> clock.moveTo(START)).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.now()).isAfterOrEqualTo(later);
    }

    @Test
    void theMachinesClockIsNotOursToMove() {
        Clock clock = Clock.startingAt(Optional.empty());
        Instant later = clock.now().plusSeconds(60);
        assertThatThrownBy(() -> clock.moveTo(later)).isInstanceOf(IllegalStateException.class);
    }
}
