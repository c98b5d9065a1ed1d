package io.regulars.tenancy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.http.Problem;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private static Databases databases;
    private static LoginThrottle throttle;

    @BeforeAll
    static void open() {
        databases = Databases.open(TestDatabase.create(), TestClock.CLOCK, new MetricRegistry());
        throttle = new LoginThrottle(databases.control(), TestClock.CLOCK);
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void aHundredStrangersDoNotKeepTheOwnerOut() {
        throttle.succeeded(throttle.attempt("lan@shop.example", "home"));
        guess("lan@shop.example", 100);
        assertThatThrownBy(() -> throttle.attempt("lan@shop.example", "a new place"))
                .isInstanceOf(Problem.class);
        assertThatCode(() -> throttle.attempt("lan@shop.example", "home"))
                .doesNotThrowAnyException();
    }

    @Test
    void aPasswordSetByMailOpensTheDoorFromAnywhere() {
        guess("minh@shop.example", 100);
        for (int i = 0; i < LoginThrottle.PER_PLACE; i++) {
            tried("minh@shop.example", "hotel");
        }
        throttle.welcome("minh@shop.example", "hotel");
        assertThatCode(() -> throttle.attempt("minh@shop.example", "hotel"))
                .doesNotThrowAnyException();
    }

    @Test
    void oneNetworkDoesNotTryManyAddresses() {
        int through = 0;
        for (int i = 0; i < 2 * LoginThrottle.PER_NETWORK; i++) {
            through += tried("person" + i + "@shop.example", "one network") ? 1 : 0;
        }
        assertThat(through).isEqualTo(LoginThrottle.PER_NETWORK);
    }

    @Test
    void whoKnowsThePasswordIsNeverCounted() {
        for (int i = 0; i < 3 * LoginThrottle.PER_PLACE; i++) {
            throttle.succeeded(throttle.attempt("often@shop.example", "till"));
        }
    }

    private static void guess(String email, int times) {
        int through = 0;
        for (int i = 0; i < times; i++) {
            through += tried(email, "botnet " + i) ? 1 : 0;
        }
        assertThat(through).isEqualTo(LoginThrottle.PER_ADDRESS);
    }

    private static boolean tried(String email, String network) {
        try {
            throttle.attempt(email, network);
            return true;
        } catch (Problem problem) {
            assertThat(problem.retryAfter()).isPresent();
            return false;
        }
    }
}
