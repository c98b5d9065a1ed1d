package io.regulars.engagement.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.smtp.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FateTest {

    private static final Instant NINE = Instant.parse("2027-03-01T09:00:00Z");
    private static final Instant EVENING = NINE.plus(Duration.ofHours(12));
    private static final Handover DOWN = new Handover.Deferred(OptionalInt.empty(), "no answer");
    private static final Handover TAKEN = new Handover.Accepted("250 ok");

    @Test
    void aRelayThatIsDownForAnHourCostsNoMail() {
        MessageRow message = message("advertising", EVENING);
        Instant now = NINE;
        int attempt = 0;
        while (now.isBefore(NINE.plus(Duration.ofHours(1)))) {
            OutgoingDao.Change change = Fate.after(message, ++attempt, DOWN, now);
            assertThat(change.state()).isEqualTo("retry");
            assertThat(change.dueAt()).isAfter(now);
            now = change.dueAt();
        }
        // After 1, 5, 15, 30 and 60 minutes: it is not asked all the time, nor for long in vain.
        assertThat(attempt).isEqualTo(5);
        assertThat(now).isBeforeOrEqualTo(NINE.plus(Duration.ofHours(2)));
        assertThat(Fate.after(message, attempt + 1, TAKEN, now).state()).isEqualTo("sent");
    }

    @Test
    void theLastTryIsInTimeRatherThanTooLate() {
        MessageRow message = message("advertising", NINE.plus(Duration.ofMinutes(20)));
        Instant second = Fate.after(message, 3, DOWN, NINE.plus(Duration.ofMinutes(6))).dueAt();
        assertThat(second).isEqualTo(NINE.plus(Duration.ofMinutes(19)));
    }

    @Test
    void whatMayHaveArrivedIsAskedAgainOnlyWhereItMust() {
        Handover cut = new Handover.Unknown("cut after the final dot");
        assertThat(Fate.after(message("advertising", EVENING), 1, cut, NINE).state())
                .isEqualTo("unknown");
        assertThat(Fate.after(message("service", EVENING), 1, cut, NINE).state())
                .isEqualTo("retry");
    }

    @Test
    void aNoIsANoAndALongReasonIsCut() {
        Handover no = new Handover.Refused(550, "x".repeat(2_000), Handover.Stage.RECIPIENT);
        OutgoingDao.Change change = Fate.after(message("service", EVENING), 1, no, NINE);
        assertThat(change.state()).isEqualTo("failed");
        assertThat(change.reason()).startsWith("550 xx").hasSize(500);
    }

    private static MessageRow message(String messageClass, Instant notAfter) {
        return LooseMessages.of("birthday", messageClass, "sending", NINE, notAfter);
    }
}
