package io.regulars.engagement.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.law.MailRules.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailRulesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = quiet("21:00", "08:00");

    @Test
    void quietHoursEndInTheMorningByTheMembersClock() {
        assertThat(from("2027-01-10T20:00:00Z", NIGHT)).isEqualTo("2027-01-11T07:00:00Z");
        assertThat(from("2027-01-11T06:59:59Z", NIGHT)).isEqualTo("2027-01-11T07:00:00Z");
        assertThat(from("2027-01-11T07:00:00Z", NIGHT)).isEqualTo("2027-01-11T07:00:00Z");
        assertThat(from("2027-01-11T19:59:59Z", NIGHT)).isEqualTo("2027-01-11T19:59:59Z");
    }

    @Test
    void inTheNightOfAChangeOfClocksTheMorningIsStillEight() {
        assertThat(from("2027-03-27T21:00:00Z", NIGHT)).isEqualTo("2027-03-28T06:00:00Z");
        assertThat(from("2027-10-30T21:00:00Z", NIGHT)).isEqualTo("2027-10-31T07:00:00Z");
        // The end itself lies in the hour that does not exist.
        assertThat(from("2027-03-28T00:30:00Z", quiet("01:00", "02:30")))
                .isEqualTo("2027-03-28T01:30:00Z");
    }

    @Test
    void ofTwoCountriesBothAreKept() {
        assertThat(from("2027-01-10T20:30:00Z", quiet("22:00", "09:00"), quiet("21:00", "07:00")))
                .isEqualTo("2027-01-11T08:00:00Z");
        assertThat(from("2027-01-10T22:30:00Z", quiet("07:00", "08:30"), quiet("21:00", "07:00")))
                .isEqualTo("2027-01-11T07:30:00Z");
    }

    @Test
    void whereNoneAreAskedForThereAreNone() {
        assertThat(from("2027-01-10T23:00:00Z")).isEqualTo("2027-01-10T23:00:00Z");
    }

    private static QuietHours quiet(String from, String until) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(until));
    }

    private static Instant from(String now, QuietHours... quiet) {
        return new MailRules(Map.of(), 3, false, List.of(quiet), 16)
                .advertisingFrom(Instant.parse(now), BERLIN);
    }
}
