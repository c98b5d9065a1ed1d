package io.regulars.engagement.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupSizeTest {

    private static final Duration INSTANT = Duration.ofMillis(1);

    private final GroupSize size = new GroupSize();

    @Test
    void aRelayNobodyKnowsYetGetsFewAtOnce() {
        assertThat(size.now()).isEqualTo(GroupSize.LEAST);
    }

    @Test
    void toAFastRelayGroupsGrowStepByStepUpToTheMost() {
        took(32, INSTANT);
        assertThat(size.now()).isEqualTo(64);
        took(64, INSTANT);
        assertThat(size.now()).isEqualTo(GroupSize.MOST);
        took(128, INSTANT);
        assertThat(size.now()).isEqualTo(GroupSize.MOST);
    }

    @Test
    void whenTheRelayTakesLongerThanAMomentForThemGroupsShrinkAtOnce() {
        took(32, INSTANT);
        took(64, INSTANT);
        took(128, Duration.ofMillis(500));
        assertThat(size.now()).isEqualTo(64);
        took(64, Duration.ofSeconds(10));
        assertThat(size.now()).isEqualTo(GroupSize.LEAST);
    }

    @Test
    void aHandfulSaysNothingAboutMany() {
        took(3, INSTANT);
        assertThat(size.now()).isEqualTo(GroupSize.LEAST);
        took(0, Duration.ZERO);
        assertThat(size.now()).isEqualTo(GroupSize.LEAST);
    }

    private void took(int mails, Duration time) {
        size.learn(mails, time.toNanos());
    }
}
