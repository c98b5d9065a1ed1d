package io.regulars.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final LaneKey lane = new LaneKey("mail", TenantId.next(), Side.LIVE);

    @Test
    void restsLongerAfterEachFailureUpToAQuarterOfAnHour() {
        assertThat(Backoff.after(1, lane)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
        assertThat(Backoff.after(4, lane))
                .isBetween(Duration.ofSeconds(64), Duration.ofSeconds(80));
        assertThat(Backoff.after(9, lane))
                .isBetween(Duration.ofMinutes(12), Duration.ofMinutes(15));
    }

    @Test
    void isTriedAFewTimesADayOnceItIsDead() {
        assertThat(Backoff.after(10, lane)).isBetween(Duration.ofMinutes(288), Duration.ofHours(6));
        assertThat(Backoff.after(1_000_000, lane)).isEqualTo(Backoff.after(10, lane));
    }

    @Test
    void isTheSameForOneLaneEachTime() {
        assertThat(Backoff.after(3, lane)).isEqualTo(Backoff.after(3, lane));
    }
}
