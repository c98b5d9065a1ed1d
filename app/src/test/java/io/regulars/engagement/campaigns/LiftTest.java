package io.regulars.engagement.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regulars.engagement.campaigns.Lift.Group;
import org.junit.jupiter.api.Test;

class LiftTest {

    /** Newcombe 1998, table II, method 10: 56/70 against 48/80, and two cases with none. */
    @Test
    void theIntervalIsNewcombes() {
        Lift lift = new Lift(new Group(70, 56), new Group(80, 48));
        assertThat(lift.difference()).isCloseTo(0.2, within(1e-9));
        assertThat(lift.lower()).isCloseTo(0.0524, within(5e-5));
        assertThat(lift.upper()).isCloseTo(0.3339, within(5e-5));
        Lift few = new Lift(new Group(10, 9), new Group(10, 3));
        assertThat(few.lower()).isCloseTo(0.1705, within(5e-5));
        assertThat(few.upper()).isCloseTo(0.8090, within(5e-5));
        Lift none = new Lift(new Group(10, 10), new Group(10, 0));
        assertThat(none.lower()).isCloseTo(0.6075, within(5e-5));
        assertThat(none.upper()).isCloseTo(1.0, within(5e-5));
    }

    @Test
    void whatIsMoreThanChanceIsSaidSo() {
        Lift lift = new Lift(new Group(1_000, 150), new Group(1_000, 100));
        assertThat(lift.isProven()).isTrue();
        assertThat(lift.needed()).isZero();
        assertThat(lift.sentence(14))
                .startsWith(
                        "Of 1,000 who got it 15.0 % bought within 14 days, of 1,000 held out 10.0 %")
                .contains("the mail brings buyers", "more than chance");
    }

    @Test
    void whatMayBeChanceIsNotProvenAndSaysHowManyMoreItTakes() {
        Lift lift = new Lift(new Group(90, 12), new Group(10, 1));
        assertThat(lift.isProven()).isFalse();
        assertThat(lift.needed()).isBetween(1_000L, 20_000L);
        assertThat(lift.sentence(14)).contains("not proven yet", "It needs about");
        // With so many, and the same shares, it is.
        long all = lift.needed() + 100;
        Group treated = new Group(all * 9 / 10, all * 9 / 10 * 12 / 90);
        assertThat(new Lift(treated, new Group(all / 10, all / 100)).isProven()).isTrue();
    }

    @Test
    void withNobodyHeldOutNothingIsClaimed() {
        assertThat(new Lift(new Group(10, 5), new Group(0, 0)).sentence(14))
                .contains("Nobody is held out");
        assertThat(new Lift(new Group(0, 0), new Group(0, 0)).sentence(14)).contains("over yet");
        assertThat(new Lift(new Group(10, 5), new Group(10, 5)).sentence(14))
                .contains("no difference so far");
    }
}
