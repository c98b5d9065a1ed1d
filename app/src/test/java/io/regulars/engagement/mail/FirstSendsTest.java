package io.regulars.engagement.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.mail.FirstSends.Allowance;
import io.regulars.engagement.mail.FirstSends.Conduct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstSendsTest {

    private static final long FIRST_DAY = 200;
    private static final Instant PLANNED = Instant.parse("2027-03-01T09:00:00Z");

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

    @Test
    void newsLeavesAQuarterOfTheDayToWhatCannotWait() {
        Allowance almost = new Allowance(FIRST_DAY, 149);
        assertThat(almost.hasRoomFor(message("broadcast", "advertising"))).isTrue();
        almost.leaves();
        assertThat(almost.hasRoomFor(message("broadcast", "advertising"))).isFalse();
        assertThat(almost.hasRoomFor(message("win_back", "advertising"))).isFalse();
        assertThat(almost.hasRoomFor(message("birthday", "advertising"))).isTrue();
        assertThat(almost.hasRoomFor(message("anniversary", "advertising"))).isTrue();
        Allowance usedUp = new Allowance(FIRST_DAY, FIRST_DAY);
        assertThat(usedUp.hasRoomFor(message("birthday", "advertising"))).isFalse();
        assertThat(usedUp.hasRoomFor(message("points_expiring", "service"))).isTrue();
    }

    @Test
    void nobodyIsCongratulatedOnAnotherDayAndNewsWaitsForAWeek() {
        for (String kind : List.of("birthday", "anniversary")) {
            assertThat(FirstSends.canWait(message(kind, "advertising"), PLANNED)).isFalse();
        }
        for (String kind : List.of("broadcast", "win_back", "nps", "monthly_progress")) {
            MessageRow message = message(kind, "advertising");
            assertThat(FirstSends.canWait(message, PLANNED.plus(Duration.ofDays(7)))).isTrue();
            assertThat(FirstSends.canWait(message, PLANNED.plus(Duration.ofDays(8)))).isFalse();
        }
    }

    private static MessageRow message(String kind, String messageClass) {
        return LooseMessages.of(
                kind, messageClass, "planned", PLANNED, PLANNED.plus(Duration.ofHours(12)));
    }
}
