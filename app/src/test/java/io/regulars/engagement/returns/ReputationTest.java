package io.regulars.engagement.returns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReputationTest {

    @ParameterizedTest(name = "of {0} mails {1} came back and {2} were called spam: {3}")
    @CsvSource({
        "99, 99, 0, false",
        "100, 5, 0, false",
        "100, 6, 0, true",
        "10000, 500, 0, false",
        "10000, 501, 0, true",
        "999, 0, 50, false",
        "1000, 0, 1, false",
        "1000, 0, 2, true",
        "10000, 0, 10, false",
        "10000, 0, 11, true",
        "0, 0, 0, false"
    })
    void aShopIsPausedAboveOneInTwentyOrOneComplaintInAThousand(
            long sent, long hard, long complaints, boolean paused) {
        assertThat(new Reputation(sent, hard, complaints).isTooBad()).isEqualTo(paused);
    }
}
