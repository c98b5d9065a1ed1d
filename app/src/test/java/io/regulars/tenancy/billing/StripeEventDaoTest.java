package io.regulars.tenancy.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Databases;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripeEventDaoTest {

    @Test
    void anEventThatCannotBeFollowedIsTriedMoreAndMoreSeldomButNeverGivenUp() {
        try (Databases databases =
                Databases.open(TestDatabase.create(), TestClock.CLOCK, new MetricRegistry())) {
            ControlDb control = databases.control();
            Instant now = TestClock.now();
            Instant received = now;
            control.run(handle ->
                    new StripeEventDao(handle).insert("evt_1", "invoice.paid", "cus_1", received));
            for (int i = 0; i < 300; i++) {
                assertThat(next(control, now)).as("try %s", i).contains("evt_1");
                Instant failed = now;
                control.run(handle -> new StripeEventDao(handle).failed("evt_1", "down", failed));
                assertThat(next(control, now)).as("at once after try %s", i).isEmpty();
                now = now.plus(Duration.ofHours(1));
            }
        }
    }

    private static Optional<String> next(ControlDb control, Instant now) {
        return control.inTransaction(
                handle -> new StripeEventDao(handle).next(now).map(StripeEventDao.Waiting::id));
    }
}
