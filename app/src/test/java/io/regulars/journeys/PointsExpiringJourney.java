package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Marketing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody loses points without having been told, whether or not they want offers. */
class PointsExpiringJourney {

    @Test
    void whoHasPointsIsWarned60And30DaysBeforeTheyEnd() {
        Marketing shop =
                new Marketing(
                        "America/New_York",
                        "2027-01-10T12:00:00Z",
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                        "expiry": {"mode": "fixed", "months": 6}
                        """);
        shop.run("points_expiring", "\"schedule\": {}");
        String member = shop.member(Map.of("consents", List.of()));
        String poor = shop.member(Map.of());
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-12-01T12:00:00Z");
        List<String> sent = shop.sent(member, "points_expiring");
        assertThat(shop.messages(member)).hasSize(2).allMatch(m -> m.endsWith(" sent"));
        assertThat(sent).containsExactly("2027-05-12T13:00:00Z", "2027-06-11T13:00:00Z");
        assertThat(shop.text(member))
                .contains("Your points end soon", "* 10 points hold until the end of July 10, 2027")
                .doesNotContain("Unsubscribe");
        assertThat(shop.messages(poor)).isEmpty();
    }

    @Test
    void aWarningLongBeforeNamesThePointsAndTheirEndByTheirOwnName() {
        Marketing shop =
                new Marketing("America/New_York", "2027-01-10T12:00:00Z", "\"rewards\": []");
        shop.till()
                .program(
                        """
                        {"name": "Regulars", "unit": {"one": {"vi": "lá", "en": "leaf"}, "many": {"vi": "lá", "en": "leaves"}},
                         "currency": "USD",
                         "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                         "expiry": {"mode": "inactivity", "months": 12, "warn_days": [90, 30]}}
                        """);
        shop.run("points_expiring", "\"schedule\": {}");
        String member = shop.member(Map.of());
        String lan = shop.member(Map.of("locale", "vi"));
        shop.till().buys(member, 1_000);
        shop.till().buys(lan, 1_000);
        shop.till().advance("2027-11-15T12:00:00Z");
        assertThat(shop.messages(member)).singleElement().asString().endsWith("/90 sent");
        assertThat(shop.mail(member).getString("headers.Subject"))
                .isEqualTo("Your leaves at Regulars end soon");
        assertThat(shop.text(member))
                .contains("All your leaves at Regulars", "* 10 leaves hold until the end of")
                .doesNotContain("points");
        assertThat(shop.mail(lan).getString("headers.Subject"))
                .isEqualTo("Lá của bạn tại Regulars sắp hết hạn");
        assertThat(shop.text(lan)).contains("Toàn bộ lá của bạn", "* 10 lá").doesNotContain("điểm");
    }

    @Test
    void aGiftThatEndsInAMonthIsNotWarnedOfOnTheNextDay() {
        Marketing shop =
                new Marketing(
                        "America/New_York",
                        "2027-01-10T12:00:00Z",
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
                        """);
        shop.run("points_expiring", "\"schedule\": {}");
        shop.run("birthday", "\"offer\": {\"points\": 50, \"valid_days\": 30}, \"schedule\": {}");
        String member = shop.member(Map.of("birth_date", "1990-01-20"));
        shop.till().advance("2027-01-25T12:00:00Z");
        assertThat(shop.messages(member)).containsExactly("birthday 2027-01-20 sent");
    }

    @Test
    void aWarningDoesNotAdvertise() {
        Marketing shop =
                new Marketing(
                        "America/New_York",
                        "2027-01-10T12:00:00Z",
                        """
                        "rewards": [{"key": "x", "name": "X", "kind": "percent_off", "percent": 20}]
                        """);
        shop.refuses(
                """
                {"name": "x", "kind": "points_expiring", "offer": {"reward": "x"}}
                """,
                "/offer",
                "not_for_this_kind");
    }
}
