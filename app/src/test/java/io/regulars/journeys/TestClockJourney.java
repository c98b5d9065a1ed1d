package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.TakesLong;
import io.restassured.http.ContentType;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A year in seconds: who gets a birthday mail when, on a shop's test side. */
@TakesLong
class TestClockJourney {

    private Shop shop;
    private String campaign = "";

    @BeforeEach
    void aShopWhoseTestClockShowsFebruary2027() {
        shop = ServiceUnderTest.shared().signUp();
        shop.testCalls().post("/v1/test-clock", Map.of("start", "2027-02-01T00:00:00Z"), 200);
        Shop.publish(shop.testCalls(), Shop.program("VND", 10_000));
        campaign = Shop.birthdayCampaign(shop.testCalls(), Map.of("at", "09:00"));
    }

    @Test
    void theClockStandsStillUntilItIsAdvanced() {
        shop.test()
                .get("/v1/test-clock")
                .then()
                .body(field("now", equalTo("2027-02-01T00:00:00Z")));
        advance("P1D");
        shop.test()
                .get("/v1/test-clock")
                .then()
                .body(field("now", equalTo("2027-02-02T00:00:00Z")));
    }

    @Test
    void theClockDoesNotGoBackwards() {
        shop.test()
                .body(Map.of("to", "2027-01-01T00:00:00Z"))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("backwards")))
                .body(field("errors[0].pointer", equalTo("/to")));
        shop.test()
                .body(Map.of("by", "-P1D"))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("backwards")))
                .body(field("errors[0].pointer", equalTo("/by")));
    }

    @Test
    void onceThereIsAMemberTheClockCannotBeSet() {
        member("first", "1990-05-05", Map.of());
        shop.testCalls().post("/v1/test-clock", Map.of("start", "2030-01-01T00:00:00Z"), 409);
    }

    @Test
    void aClockSetBackToBeforeTheSignupBringsTheYearsOccasions() {
        ShopNights nights =
                new ShopNights(
                        ServiceUnderTest.shared()
                                .signUp(
                                        "America/New_York",
                                        "US",
                                        "USD",
                                        Map.of("preset", "green-rewards")));
        nights.advanceTo("2031-02-01T12:00:00Z");
        nights.startAt("2021-02-01T12:00:00Z");
        String member = nights.member("earlier", Map.of("birth_date", "1990-02-10"));
        nights.advanceTo("2021-02-11T12:00:00Z");
        nights.points(member, 100);
        nights.shop()
                .test()
                .get("/v1/program/versions")
                .then()
                .body(field("data[0].effective_at", equalTo("2021-02-01T12:00:00Z")))
                .body(field("data[0].published_at", equalTo("2021-02-01T12:00:00Z")));
    }

    @Test
    void aClockSetBackLetsInactivityEndPointsOnTheirDay() {
        ShopNights nights = new ShopNights(ServiceUnderTest.shared().signUp());
        nights.startAt("2021-01-31T03:00:00Z");
        nights.publish(Map.of("expiry", Map.of("mode", "inactivity", "months", 1)));
        String january = nights.member("january", Map.of());
        nights.buy(january, 1_000, null);
        nights.advanceTo("2021-02-20T03:00:00Z");
        String february = nights.member("february", Map.of());
        nights.buy(february, 2_000, null);
        nights.advanceTo("2021-03-02T03:00:00Z");
        nights.points(january, 0);
        nights.shop()
                .test()
                .get("/v1/members/" + february)
                .then()
                .body(field("points.expiring.at", equalTo(List.of("2021-03-20T17:00:00Z"))));
    }

    @Test
    void aClockSetBackLeavesWhatIsAnnouncedForLater() {
        ShopNights nights = new ShopNights(ServiceUnderTest.shared().signUp());
        nights.startAt("2030-01-01T00:00:00Z");
        nights.shop()
                .testCalls()
                .post(
                        "/v1/program/publish",
                        Map.of("reason", "Next year", "effective_at", "2031-01-01T00:00:00Z"),
                        200);
        nights.startAt("2021-01-01T00:00:00Z");
        nights.shop()
                .test()
                .get("/v1/program/versions")
                .then()
                .body(
                        field(
                                "data.effective_at",
                                equalTo(List.of("2031-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))));
    }

    @Test
    void liveDataHaveNoClockOfTheirOwn() {
        shop.live()
                .get("/v1/test-clock")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("test_side_only")));
    }

    @Test
    void aBirthdayMailLeavesAtTheHourInTheMembersOwnZoneWithItsVoucher() {
        String here = member("here", "1990-02-10", Map.of());
        String newYork = member("new-york", "--02-10", Map.of("time_zone", "America/New_York"));
        advance("P12D");
        sentAt(here, List.of("2027-02-10T02:00:00Z"));
        sentAt(newYork, List.of("2027-02-10T14:00:00Z"));
        shop.test()
                .get("/v1/members/" + here + "/vouchers")
                .then()
                .body(field("data", hasSize(1)))
                .body(field("data[0].reward", equalTo("birthday_treat")))
                .body(field("data[0].expires_at", equalTo("2027-03-12T17:00:00Z")));
    }

    @Test
    void a29FebruaryBirthdayIsKeptOnThe28thInACommonYearAndOnTheDayInALeapYear() {
        String leap = member("leap", "2000-02-29", Map.of());
        advanceTo("2028-03-05T00:00:00Z");
        sentAt(leap, List.of("2028-02-29T02:00:00Z", "2027-02-28T02:00:00Z"));
    }

    @Test
    void aBirthdayEditedToLessThan30DaysAheadCountsFromNextYear() {
        String edited = member("edited", "1990-08-08", Map.of());
        shop.testCalls().patch("/v1/members/" + edited, Map.of("birth_date", "1990-02-20"));
        advanceTo("2028-03-01T00:00:00Z");
        sentAt(edited, List.of("2028-02-20T02:00:00Z"));
    }

    @Test
    void aBirthdayEditedTwiceInAYearStillBringsOneMailAYear() {
        String greedy = member("greedy", "1990-02-10", Map.of());
        advanceTo("2027-02-15T00:00:00Z");
        shop.testCalls().patch("/v1/members/" + greedy, Map.of("birth_date", "1990-06-10"));
        advanceTo("2027-07-01T00:00:00Z");
        shop.testCalls().patch("/v1/members/" + greedy, Map.of("birth_date", "1990-10-10"));
        advanceTo("2027-12-01T00:00:00Z");
        sentAt(greedy, List.of("2027-02-10T02:00:00Z"));
    }

    @Test
    void whoSaidNoOrIsTooYoungOrHasNoAddressGetsNone() {
        String no = member("no", "1990-02-10", Map.of("consents", List.of()));
        String child = member("child", "2019-02-10", Map.of());
        String mute =
                Shop.enrol(
                                shop.testCalls(),
                                Map.of(
                                        "external_id",
                                        "mute",
                                        "birth_date",
                                        "1990-02-10",
                                        "consents",
                                        Shop.consent()))
                        .getString("id");
        advance("P12D");
        sentAt(no, List.of());
        skipped(child, "too_young");
        skipped(mute, "no_address");
        shop.test()
                .get("/v1/campaigns/" + campaign + "/runs?limit=3")
                .then()
                .body("data.find { it.local_day == '2027-02-10' }.skipped.no_consent", equalTo(1));
    }

    @Test
    void whoWithdrewBetweenPlanningAndSendingGetsNone() {
        String member = member("withdrew", "1990-02-10", Map.of());
        shop.testCalls().post("/v1/campaigns/" + campaign + "/pause", 200);
        shop.testCalls().post("/v1/campaigns/" + campaign + "/resume", 200);
        shop.liveCalls().post("/v1/sending/stop", 200);
        advanceTo("2027-02-10T03:00:00Z");
        shop.test()
                .get("/v1/members/" + member + "/messages")
                .then()
                .body(field("data[0].state", equalTo("planned")));
        shop.testCalls()
                .put(
                        "/v1/members/" + member + "/consents/marketing_email",
                        Map.of("granted", false, "source", "till"));
        shop.liveCalls().post("/v1/sending/resume", 200);
        advance("PT1H");
        skipped(member, "no_consent");
        shop.test()
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .body(field("data[0].state", equalTo("cancelled")));
    }

    @Test
    void aPausedCampaignLosesNothingAndSendsWhenItGoesOn() {
        String member = member("paused", "1990-02-10", Map.of());
        advanceTo("2027-02-09T20:00:00Z");
        shop.testCalls().post("/v1/campaigns/" + campaign + "/pause", 200);
        advanceTo("2027-02-10T03:00:00Z");
        sentAt(member, List.of());
        shop.testCalls().post("/v1/campaigns/" + campaign + "/resume", 200);
        advance("PT1M");
        shop.test()
                .get("/v1/members/" + member + "/messages")
                .then()
                .body(field("data[0].state", equalTo("sent")));
    }

    @Test
    void whatIsTooLateIsSkippedAndNotSent() {
        String member = member("late", "1990-02-10", Map.of());
        advanceTo("2027-02-09T20:00:00Z");
        shop.testCalls().post("/v1/campaigns/" + campaign + "/pause", 200);
        advanceTo("2027-02-10T15:00:00Z");
        shop.testCalls().post("/v1/campaigns/" + campaign + "/resume", 200);
        advance("PT1M");
        skipped(member, "too_late");
    }

    @Test
    void twoCampaignsForOneOccasionBringOneMail() {
        Shop.birthdayCampaign(shop.testCalls(), Map.of("at", "10:00"));
        String member = member("twice", "1990-02-10", Map.of());
        advance("P12D");
        sentAt(member, List.of("2027-02-10T02:00:00Z"));
    }

    @Test
    void aDayOnWhichNobodyIsDueLeavesNoRound() {
        member("february", "1990-02-10", Map.of());
        member("june", "1990-06-20", Map.of("time_zone", "America/New_York"));
        advanceTo("2028-01-31T00:00:00Z");
        shop.test()
                .get("/v1/campaigns/" + campaign + "/runs?limit=200")
                .then()
                .body(field("data.local_day", equalTo(List.of("2027-06-20", "2027-02-10"))))
                .body(field("data.audience", equalTo(List.of(1, 1))));
    }

    @Test
    void inAYearEveryoneIsCongratulatedOnce() {
        LocalDate first = LocalDate.of(1990, 1, 1);
        for (int i = 0; i < 24; i++) {
            member("m" + i, first.plusDays(i * 15L).toString(), Map.of());
        }
        Map<String, Integer> ran =
                shop.testCalls()
                        .post("/v1/test-clock/advance", Map.of("by", "P1Y"), 200)
                        .get("ran");
        assertThat(ran).containsEntry("messages_sent", 24).containsEntry("campaign_runs", 24);
    }

    @Test
    void whoJoinsOnTheDayAfterTheHourWaitsForNextYear() {
        advanceTo("2027-02-10T02:30:00Z");
        String late = member("late-joiner", "1990-02-10", Map.of());
        String early = member("early-joiner", "1990-02-11", Map.of());
        advanceTo("2028-02-12T00:00:00Z");
        sentAt(late, List.of("2028-02-10T02:00:00Z"));
        sentAt(early, List.of("2028-02-11T02:00:00Z", "2027-02-11T02:00:00Z"));
    }

    @Test
    void whoJoinsOnTheDayBeforeTheHourIsCongratulated() {
        advanceTo("2027-02-10T01:59:00Z");
        String member = member("just-in-time", "1990-02-10", Map.of());
        String zone = member("new-zone", "1990-02-10", Map.of("time_zone", "Asia/Tokyo"));
        advance("P1D");
        sentAt(member, List.of("2027-02-10T02:00:00Z"));
        // Nine o'clock in Tokyo was two hours ago.
        sentAt(zone, List.of());
    }

    @Test
    void anHourMovedToThisMorningDoesNotLoseTheDay() {
        String moved = Shop.birthdayCampaign(shop.testCalls(), Map.of("at", "14:00"));
        shop.testCalls().post("/v1/campaigns/" + campaign + "/cancel", 200);
        String member = member("moved", "1990-02-10", Map.of());
        advanceTo("2027-02-10T05:00:00Z");
        sentAt(member, List.of());
        shop.testCalls().patch("/v1/campaigns/" + moved, Map.of("schedule", Map.of("at", "08:00")));
        advance("PT1M");
        assertThat(messages(member)).containsExactly("sent");
    }

    private String member(String externalId, String birthDate, Map<String, Object> more) {
        Map<String, Object> body =
                new HashMap<>(
                        Map.of(
                                "external_id",
                                externalId,
                                "email",
                                externalId + "@example.com",
                                "birth_date",
                                birthDate,
                                "consents",
                                Shop.consent()));
        body.putAll(more);
        return Shop.enrol(shop.testCalls(), body).getString("id");
    }

    @Test
    void theClockMovesWithinAPersonsLifetime() {
        for (String start : List.of("+999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
            refused("", Map.of("start", start));
        }
        for (String by : List.of("P9000Y", "P5Y1D", "P999999999Y")) {
            refused("/advance", Map.of("by", by));
        }
        refused("/advance", Map.of("to", "+12026-01-01T00:00:00Z"));
        advance("P5Y");
        shop.testCalls().post("/v1/test-clock", Map.of("start", "2999-12-01T00:00:00Z"), 200);
        refused("/advance", Map.of("by", "P40D"));
    }

    private void refused(String path, Map<String, String> body) {
        shop.service()
                .rawApi()
                .header("Authorization", "Bearer " + shop.testKey())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/test-clock" + path)
                .then()
                .statusCode(422);
    }

    private void advance(String by) {
        shop.testCalls().post("/v1/test-clock/advance", Map.of("by", by), 200);
    }

    private void advanceTo(String moment) {
        shop.testCalls().post("/v1/test-clock/advance", Map.of("to", moment), 200);
    }

    private void sentAt(String member, List<String> moments) {
        List<String> sent =
                shop.testCalls()
                        .get("/v1/members/" + member + "/messages")
                        .get("data.findAll { it.state == 'sent' }.sent_at");
        assertThat(sent).isEqualTo(moments);
    }

    private List<String> messages(String member) {
        return shop.testCalls().get("/v1/members/" + member + "/messages").get("data.state");
    }

    private void skipped(String member, String reason) {
        shop.test()
                .get("/v1/members/" + member + "/messages")
                .then()
                .rootPath("data.findAll { it.kind == 'birthday' }")
                .body("", hasSize(1))
                .body("[0].state", equalTo("skipped"))
                .body("[0].reason", equalTo(reason));
    }
}
