package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.TakesLong;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop's nights by the test clock: exactly what happens, and at which moment. */
@TakesLong
class NightsJourney {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private ShopNights nights = new ShopNights(service.signUp());

    @Test
    void points31JanuaryPlusOneMonthHoldToTheEndOf28February() {
        nights.startAt("2027-01-31T03:00:00Z");
        nights.publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        String member = nights.member("end-of-month", Map.of());
        nights.buy(member, 1_000, null);
        nights.advanceTo("2027-02-28T16:59:59Z");
        assertThat(nights.events()).isEmpty();
        nights.points(member, 10);
        nights.advanceTo("2027-06-01T00:00:00Z");
        assertThat(nights.events()).containsExactly("2027-02-28T17:00:00Z points.expired 10");
        nights.points(member, 0);
    }

    @Test
    void aMidnightThatSummerTimeSkipsComesWithTheDaysFirstMoment() {
        nights = new ShopNights(service.signUp("America/Havana", "CU", "USD"));
        nights.startAt("2027-02-13T15:00:00Z");
        nights.publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        nights.buy(nights.member("spring", Map.of()), 1_000, null);
        nights.advanceTo("2027-03-14T04:59:59Z");
        assertThat(nights.events()).isEmpty();
        nights.advanceTo("2027-03-20T00:00:00Z");
        assertThat(nights.events()).containsExactly("2027-03-14T05:00:00Z points.expired 10");
    }

    @Test
    void aMidnightThatComesTwiceInAutumnCountsOnce() {
        nights = new ShopNights(service.signUp("America/Havana", "CU", "USD"));
        nights.startAt("2027-10-06T15:00:00Z");
        nights.publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        nights.buy(nights.member("autumn", Map.of()), 1_000, null);
        nights.advanceTo("2027-11-20T00:00:00Z");
        assertThat(nights.events()).containsExactly("2027-11-07T04:00:00Z points.expired 10");
    }

    @Test
    void pendingPointsAreAnnouncedAtTheMidnightOfTheirDay() {
        nights.startAt("2027-01-10T03:00:00Z");
        nights.publish(Map.of("earning", List.of(ShopNights.spend(Map.of("pending_days", 14)))));
        String member = nights.member("patient", Map.of());
        nights.buy(member, 1_000, null);
        nights.buy(member, 2_000, null);
        nights.shop()
                .test()
                .get("/v1/members/" + member)
                .then()
                .body(field("points.pending", equalTo(30)));
        nights.advanceTo("2027-02-20T00:00:00Z");
        assertThat(nights.events()).containsExactly("2027-01-23T17:00:00Z points.available 30");
        nights.shop()
                .test()
                .get("/v1/members/" + member)
                .then()
                .body(field("points.available", equalTo(30)));
    }

    @Test
    void pointsThatWaitLongerThanTheyHoldEndAWholePeriodAfterTheyAreThere() {
        nights.startAt("2027-01-10T03:00:00Z");
        nights.publish(slow("fixed"));
        nights.buy(nights.member("booked", Map.of()), 1_000, null);
        nights.advanceTo("2027-06-01T00:00:00Z");
        assertThat(nights.events())
                .containsExactly(
                        "2027-03-10T17:00:00Z points.available 10",
                        "2027-04-11T17:00:00Z points.expired 10");
    }

    @Test
    void underInactivityPointsThatStillWaitAreNotLost() {
        nights.startAt("2027-01-10T03:00:00Z");
        nights.publish(slow("inactivity"));
        String member = nights.member("booked", Map.of());
        nights.buy(member, 1_000, null);
        nights.advanceTo("2027-01-20T03:00:00Z");
        nights.adjust(member, 5);
        nights.advanceTo("2027-06-01T00:00:00Z");
        assertThat(nights.events())
                .containsExactly(
                        "2027-01-20T03:00:00Z points.adjusted 5",
                        "2027-03-10T17:00:00Z points.available 10",
                        "2027-04-11T17:00:00Z points.expired 15");
        assertThat(nights.findings()).isEmpty();
    }

    @Test
    void expirySwitchedOnSparesPointsThatStillWait() {
        for (String mode : List.of("fixed", "inactivity")) {
            nights = new ShopNights(service.signUp());
            nights.startAt("2027-01-10T03:00:00Z");
            nights.publish(Map.of("earning", slow(mode).get("earning")));
            nights.buy(nights.member("booked", Map.of()), 1_000, null);
            nights.publish(slow(mode));
            nights.advanceTo("2027-06-01T00:00:00Z");
            assertThat(nights.events())
                    .as(mode)
                    .containsExactly(
                            "2027-03-10T17:00:00Z points.available 10",
                            "2027-04-11T17:00:00Z points.expired 10");
        }
    }

    private static Map<String, Object> slow(String mode) {
        return Map.of(
                "earning", List.of(ShopNights.spend(Map.of("pending_days", 60))),
                "expiry", Map.of("mode", mode, "months", 1));
    }

    @Test
    void expirySwitchedOnWithOldBalancesExpiresNothingBeforeOneFullPeriod() {
        nights.startAt("2027-01-10T03:00:00Z");
        nights.publish(Map.of());
        String old = nights.member("old", Map.of());
        nights.buy(old, 1_000, null);
        nights.advanceTo("2027-07-10T02:00:00Z");
        nights.publish(Map.of("expiry", Map.of("mode", "fixed", "months", 3)));
        nights.advanceTo("2027-07-11T00:00:00Z");
        nights.shop()
                .test()
                .get("/v1/members/" + old)
                .then()
                .body(field("points.expiring[0].at", equalTo("2027-10-10T17:00:00Z")));
        nights.advanceTo("2027-10-10T16:59:59Z");
        assertThat(nights.events()).isEmpty();
        nights.advanceTo("2027-12-01T00:00:00Z");
        assertThat(nights.events()).containsExactly("2027-10-10T17:00:00Z points.expired 10");
    }

    @Test
    void inactivitySwitchedOnCountsFromTheChangeAndSwitchedOffAgainNothingExpires() {
        nights.startAt("2027-01-10T03:00:00Z");
        nights.publish(Map.of());
        String sleeper = nights.member("sleeper", Map.of());
        nights.buy(sleeper, 1_000, null);
        nights.advanceTo("2027-07-10T02:00:00Z");
        nights.publish(
                Map.of(
                        "expiry",
                        Map.of("mode", "inactivity", "months", 6, "round_up_to_month_end", true)));
        nights.advanceTo("2027-07-11T00:00:00Z");
        nights.shop()
                .test()
                .get("/v1/members/" + sleeper)
                .then()
                .body(field("points.expiring[0].at", equalTo("2028-01-31T17:00:00Z")));
        nights.publish(Map.of());
        nights.advanceTo("2028-06-01T00:00:00Z");
        assertThat(nights.events()).isEmpty();
        nights.points(sleeper, 10);
    }

    @Test
    void birthdayPointsComeOnTheDayInTheMembersOwnZoneOnceAYear() {
        nights.startAt("2027-01-29T03:00:00Z");
        nights.publish(ShopNights.occasions());
        String here = nights.member("here", Map.of("birth_date", "1990-02-10"));
        String ahead =
                nights.member(
                        "ahead", Map.of("birth_date", "--02-10", "time_zone", "Pacific/Auckland"));
        String leap = nights.member("leap", Map.of("birth_date", "2000-02-29"));
        nights.advanceTo("2028-03-05T00:00:00Z");
        assertThat(nights.awards(here, "birthday"))
                .containsExactly("2028-02-09T17:00:00Z", "2027-02-09T17:00:00Z");
        assertThat(nights.awards(ahead, "birthday"))
                .containsExactly("2028-02-09T11:00:00Z", "2027-02-09T11:00:00Z");
        assertThat(nights.awards(leap, "birthday"))
                .containsExactly("2028-02-28T17:00:00Z", "2027-02-27T17:00:00Z");
    }

    @Test
    void aBirthdayEditedWithin30DaysOrTwiceInAYearBringsPointsOnceAYear() {
        nights.startAt("2027-01-29T03:00:00Z");
        nights.publish(ShopNights.occasions());
        String soon = nights.member("soon", Map.of("birth_date", "1990-08-08"));
        String greedy = nights.member("greedy", Map.of("birth_date", "1990-02-10"));
        nights.birthDate(soon, "1990-02-20");
        nights.advanceTo("2027-02-15T00:00:00Z");
        nights.birthDate(greedy, "1990-06-10");
        nights.advanceTo("2027-07-01T00:00:00Z");
        nights.birthDate(greedy, "1990-10-10");
        nights.advanceTo("2028-03-01T00:00:00Z");
        assertThat(nights.awards(soon, "birthday")).containsExactly("2028-02-19T17:00:00Z");
        assertThat(nights.awards(greedy, "birthday")).containsExactly("2027-02-09T17:00:00Z");
    }

    @Test
    void oneOfTwoWhoBothHadBirthdayPointsHasThemOnceAYearAfterTheMerge() {
        nights.startAt("2027-01-29T03:00:00Z");
        nights.publish(ShopNights.occasions());
        String one = nights.member("one", Map.of("birth_date", "1990-02-10"));
        String two = nights.member("two", Map.of("birth_date", "1990-02-10"));
        String other = nights.member("other", Map.of("birth_date", "1990-02-11"));
        nights.advanceTo("2027-03-01T00:00:00Z");
        nights.shop().testCalls().post("/v1/members/" + one + "/merge", Map.of("from", two), 200);
        nights.advanceTo("2028-03-05T00:00:00Z");
        assertThat(nights.awards(one, "birthday")).hasSize(2).contains("2028-02-09T17:00:00Z");
        assertThat(nights.awards(other, "birthday")).hasSize(2);
    }

    @Test
    void whoJoinedOn29FebruaryHasTheAnniversaryOnThe28thInCommonYears() {
        nights.startAt("2028-02-29T03:00:00Z");
        nights.publish(ShopNights.occasions());
        String leap = nights.member("leap-joiner", Map.of());
        nights.advanceTo("2029-04-01T00:00:00Z");
        assertThat(nights.awards(leap, "anniversary")).containsExactly("2029-02-27T17:00:00Z");
    }

    @Test
    void aYearOfAShopPassesInSeconds() {
        nights.startAt("2027-01-01T03:00:00Z");
        Map<String, Object> whole = new HashMap<>(ShopNights.occasions());
        whole.put("tiers", ShopNights.tiers("calendar_year", "full", 0));
        whole.put("expiry", Map.of("mode", "fixed", "months", 3));
        nights.publish(whole);
        for (int i = 0; i < 40; i++) {
            String birth = String.format(Locale.ROOT, "1990-%02d-%02d", 1 + i % 12, 1 + i % 28);
            String member = nights.member("m" + i, Map.of("birth_date", birth));
            nights.buy(member, 10_000 + i * 1_000L, null);
        }
        long began = System.nanoTime();
        JsonPath ran = nights.advanceTo("2028-01-01T03:00:00Z");
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT, "a year with 40 members: %.1f s, %s%n", seconds, ran.get("ran"));
        assertThat(ran.getLong("ran.awards")).isEqualTo(80);
        assertThat(ran.getLong("ran.points_expired")).isPositive();
        assertThat(seconds).isLessThan(60);
    }
}
