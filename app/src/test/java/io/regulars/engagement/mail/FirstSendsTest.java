package io.regulars.engagement.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.mail.FirstSends.Conduct;
import org.junit.jupiter.api.Test;

class FirstSendsTest {

    private static final long FIRST_DAY = 200;

    @Test
    void goodMailMakesRoomForThreeTimesAsMuchEachDay() {
        long sent = 0;
        for (long expected : new long[] {200, 600, 1_800, 5_400}) {
            long cap = FirstSends.cap(FIRST_DAY, new Conduct(0, sent, 0, 0));
            assertThat(cap).isEqualTo(expected);
            sent += cap;
        }
    }

    @Test
    void aListThatBouncesStaysAtTheBeginning() {
        assertThat(FirstSends.cap(FIRST_DAY, new Conduct(0, 190, 10, 0))).isEqualTo(FIRST_DAY);
        assertThat(FirstSends.cap(FIRST_DAY, new Conduct(0, 199, 1, 0)))
                .isEqualTo(FIRST_DAY + 2 * 179);
    }

    @Test
    void oneComplaintWeighsAThousandGoodMails() {
        assertThat(FirstSends.cap(FIRST_DAY, new Conduct(0, 900, 0, 1))).isEqualTo(FIRST_DAY);
        assertThat(FirstSends.cap(FIRST_DAY, new Conduct(0, 1_100, 0, 1)))
                .isEqualTo(FIRST_DAY + 2 * 100);
    }
}
