package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.engagement.churn.ChurnModel;
import io.regulars.engagement.churn.Rhythm;
import io.regulars.testing.Marketing;
import io.regulars.testing.TakesLong;
import io.restassured.path.json.JsonPath;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has gone silent is missed once, and nobody who comes back is. */
@TakesLong
class WinBackJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "back", "name": "Welcome back", "kind": "percent_off", "percent": 20, "valid_days": 21}]
            """;
    private static final String AFTER_30_DAYS =
            "\"offer\": {\"reward\": \"back\"}, \"schedule\": {\"silence_days\": 30}";

    @Test
    void eachLapseBringsOneMailAfterSoManyDaysAndNobodyWhoNeverBoughtGetsOne() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", AFTER_30_DAYS);
        String buyer = shop.member(Map.of());
        String never = shop.member(Map.of());
        String mute = shop.member(Map.of("consents", List.of()));
        shop.till().buys(buyer, 1_000);
        shop.till().buys(mute, 1_000);
        shop.till().advance("2027-03-01T12:00:00Z");
        shop.till().buys(buyer, 1_000);
        shop.till().advance("2027-06-01T12:00:00Z");
        shop.till().advance("P1D");
        assertThat(shop.messages(buyer))
                .containsExactly(
                        "win_back lapse:2027-01-10 sent", "win_back lapse:2027-03-01 sent");
        assertThat(shop.sent(buyer, "win_back"))
                .containsExactly("2027-02-09T14:00:00Z", "2027-03-31T13:00:00Z");
        assertThat(shop.voucherStates(buyer)).hasSize(2);
        assertThat(shop.text(buyer)).contains("We have not seen you for a while", "Welcome back");
        assertThat(shop.messages(never)).isEmpty();
        assertThat(shop.messages(mute)).isEmpty();
    }

    @Test
    void whoTookEverythingBackNeverBought() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", AFTER_30_DAYS);
        String nothing = shop.member(Map.of());
        String before = shop.member(Map.of());
        shop.till().refundsAll(shop.till().buys(nothing, 1_000));
        shop.till().buys(before, 1_000);
        shop.till().advance("2027-01-20T12:00:00Z");
        shop.till().refundsAll(shop.till().buys(before, 1_000));
        shop.till().advance("2027-03-01T12:00:00Z");
        assertThat(shop.messages(nothing)).isEmpty();
        assertThat(shop.voucherStates(nothing)).isEmpty();
        assertThat(shop.messages(before)).containsExactly("win_back lapse:2027-01-10 sent");
    }

    @Test
    void theDaysAreThoseOfTheMembersZone() {
        Marketing shop = new Marketing("America/New_York", "2027-01-10T20:00:00Z", PROGRAM);
        shop.run("win_back", AFTER_30_DAYS);
        String auckland = shop.member(Map.of("time_zone", "Pacific/Auckland"));
        shop.till().buys(auckland, 1_000);
        shop.till().advance("2027-03-01T12:00:00Z");
        // In Auckland it was the morning of the 11th.
        assertThat(shop.messages(auckland)).containsExactly("win_back lapse:2027-01-11 sent");
        assertThat(shop.sent(auckland, "win_back")).containsExactly("2027-02-09T20:00:00Z");
    }

    @Test
    void whoBuysBeforeTheMailLeavesGetsNone() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", AFTER_30_DAYS);
        String buyer = shop.member(Map.of());
        shop.till().buys(buyer, 1_000);
        shop.shop().liveCalls().post("/v1/sending/stop", 200);
        shop.till().advance("2027-02-09T14:30:00Z");
        assertThat(shop.messages(buyer)).containsExactly("win_back lapse:2027-01-10 planned");
        shop.till().buys(buyer, 500);
        shop.shop().liveCalls().post("/v1/sending/resume", 200);
        shop.till().advance("PT1H");
        assertThat(shop.messages(buyer))
                .containsExactly("win_back lapse:2027-01-10 skipped bought_again");
        assertThat(shop.voucherStates(buyer)).containsExactly("cancelled");
    }

    @Test
    void aCampaignThatBeginsFindsWhoIsSilentAlreadyButNotForTooLong() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String old = shop.member(Map.of());
        shop.till().buys(old, 1_000);
        shop.till().advance("2027-03-20T12:00:00Z");
        String recent = shop.member(Map.of());
        shop.till().buys(recent, 1_000);
        shop.till().advance("2027-05-10T12:00:00Z");
        shop.run("win_back", "\"schedule\": {\"silence_days\": 30, \"max_silence_days\": 90}");
        shop.till().advance("2027-05-20T12:00:00Z");
        assertThat(shop.messages(recent)).containsExactly("win_back lapse:2027-03-20 sent");
        assertThat(shop.sent(recent, "win_back")).containsExactly("2027-05-10T13:00:00Z");
        assertThat(shop.messages(old)).isEmpty();
    }

    @Test
    void aPauseOverItsDayCostsNobodyTheirMailWhereABirthdayIsOver() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String silent = shop.member(Map.of());
        shop.till().buys(silent, 1_000);
        String born = shop.member(Map.of("birth_date", "1990-03-02"));
        shop.till().advance("2027-03-01T15:00:00Z");
        List<String> campaigns =
                List.of(
                        shop.run("win_back", AFTER_30_DAYS),
                        shop.run("birthday", "\"schedule\": {}"));
        shop.till().advance("2027-03-01T23:00:00Z");
        campaigns.forEach(id -> shop.till().calls().post("/v1/campaigns/" + id + "/pause", 200));
        shop.till().advance("2027-03-03T13:00:00Z");
        campaigns.forEach(id -> shop.till().calls().post("/v1/campaigns/" + id + "/resume", 200));
        shop.till().advance("P1D");
        assertThat(shop.messages(silent)).containsExactly("win_back lapse:2027-01-10 sent");
        assertThat(shop.sent(silent, "win_back")).containsExactly("2027-03-03T14:00:00Z");
        assertThat(shop.messages(born)).containsExactly("birthday 2027-03-02 skipped too_late");
    }

    @Test
    void aRuleThatIsChangedDecidesFromThisDayOn() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String id = shop.run("win_back", "\"schedule\": {\"silence_days\": 60}");
        String silent = shop.member(Map.of());
        shop.till().buys(silent, 1_000);
        shop.till().advance("2027-02-18T20:00:00Z");
        shop.till()
                .calls()
                .patch(
                        "/v1/campaigns/" + id,
                        Map.of("schedule", Map.of("at", "10:00", "silence_days", 30)));
        shop.till().advance("P1D");
        assertThat(shop.messages(silent)).containsExactly("win_back lapse:2027-01-10 sent");
        assertThat(shop.sent(silent, "win_back").getFirst()).startsWith("2027-02-18T20:");
    }

    @Test
    void aBirthdayOnWhichNothingIsWantedIsNoReasonToGiveWay() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", AFTER_30_DAYS);
        shop.run("birthday", "\"schedule\": {\"at\": \"15:00\"}");
        String member = shop.member(Map.of("birth_date", "1990-02-09"));
        shop.wants(member, "offers");
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-02-12T12:00:00Z");
        assertThat(shop.messages(member))
                .containsExactly(
                        "birthday 2027-02-09 skipped no_consent", "win_back lapse:2027-01-10 sent");
    }

    @Test
    void byTheirRhythmWeeklyBuyersAreMissedSoonerThanOthersAndNobodyWithinTwoWeeks() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", "\"schedule\": {\"p_alive_below\": 0.5}");
        String once = shop.member(Map.of());
        shop.till().buys(once, 1_000);
        String weekly = shop.member(Map.of());
        LocalDate first = LocalDate.of(2027, 1, 10);
        for (int week = 0; week < 10; week++) {
            shop.till().advance(first.plusWeeks(week) + "T12:00:00Z");
            shop.till().buys(weekly, 1_000);
        }
        LocalDate last = first.plusWeeks(9);
        shop.till().advance("2027-07-01T12:00:00Z");
        assertThat(shop.sent(weekly, "win_back"))
                .containsExactly(firstDayBelow(10, first, last) + "T13:00:00Z");
        LocalDate goneOnce = firstDayBelow(1, first, first);
        assertThat(shop.messages(once)).containsExactly("win_back lapse:2027-01-10 sent");
        assertThat(shop.sent(once, "win_back").getFirst()).startsWith(goneOnce.toString());
    }

    private static LocalDate firstDayBelow(int days, LocalDate first, LocalDate last) {
        return IntStream.range(14, 300)
                .mapToObj(last::plusDays)
                .filter(day ->
                        ChurnModel.PLATFORM.pAlive(Rhythm.ofDays(days, first, last, day)) < 0.5)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereNewcomersLookGoneAtOnceTheyAreStillLeftAloneForTwoWeeks() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("win_back", "\"schedule\": {\"p_alive_below\": 0.9}");
        String once = shop.member(Map.of());
        shop.till().buys(once, 1_000);
        shop.till().advance("2027-02-10T12:00:00Z");
        assertThat(shop.sent(once, "win_back")).containsExactly("2027-01-24T14:00:00Z");
    }

    @Test
    void itGivesWayToABirthdayOfThatDayEvenIfThatComesLaterAndGoesOutTheNextDay() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String id = shop.run("win_back", AFTER_30_DAYS);
        shop.run("birthday", "\"schedule\": {\"at\": \"15:00\"}");
        String both = shop.member(Map.of("birth_date", "1990-02-09"));
        String other = shop.member(Map.of("birth_date", "1990-02-10"));
        shop.till().buys(both, 1_000);
        shop.till().buys(other, 1_000);
        shop.till().advance("2027-02-08T20:00:00Z");
        JsonPath told =
                shop.till()
                        .calls()
                        .post("/v1/campaigns/" + id + "/explain", Map.of("member", both), 200);
        assertThat(told.getString("verdict") + " " + told.getString("at"))
                .isEqualTo("will_get 2027-02-10T14:00:00Z");
        shop.till().advance("2027-02-12T12:00:00Z");
        assertThat(shop.messages(both))
                .containsExactly("birthday 2027-02-09 sent", "win_back lapse:2027-01-10 sent");
        assertThat(shop.sent(both, "win_back")).containsExactly("2027-02-10T14:00:00Z");
        assertThat(shop.voucherStates(both)).containsExactly("issued");
        assertThat(shop.messages(other))
                .containsExactly("birthday 2027-02-10 sent", "win_back lapse:2027-01-10 sent");
    }

    @Test
    void occasionsOfOneDayAllGoOut() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("birthday", "\"schedule\": {}");
        shop.run("anniversary", "\"schedule\": {}");
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 10}");
        String member = shop.member(Map.of("birth_date", "1990-01-10"));
        shop.till().advance("2027-12-31T12:00:00Z");
        shop.till().advance("2028-01-11T12:00:00Z");
        assertThat(shop.messages(member))
                .contains(
                        "anniversary 2028-01-10 sent",
                        "birthday 2028-01-10 sent",
                        "monthly_progress 2028-01 sent");
    }

    @Test
    void whoIsHeldOutIsSoEveryTimeAndGetsNoOffer() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"back\"}, \"holdout_percent\": 40, \"schedule\": {}");
        List<String> members = shop.members(30, Map.of("birth_date", "1990-02-01"));
        shop.till().advance("2027-02-02T12:00:00Z");
        Set<String> held = heldOut(shop, members, "2027-02-01");
        assertThat(held).isNotEmpty().hasSizeLessThan(members.size());
        shop.till().advance("2028-02-02T12:00:00Z");
        assertThat(heldOut(shop, members, "2028-02-01")).isEqualTo(held);
        for (String member : members) {
            assertThat(shop.voucherStates(member)).hasSize(held.contains(member) ? 0 : 2);
        }
        shop.till()
                .api()
                .get("/v1/campaigns/{id}", id)
                .then()
                .body(field("holdout_percent", equalTo(40)));
    }

    private static Set<String> heldOut(Marketing shop, List<String> members, String birthday) {
        return members.stream()
                .filter(member ->
                        shop.messages(member).contains("birthday " + birthday + " skipped holdout"))
                .collect(Collectors.toSet());
    }

    @Test
    void aScheduleThatSaysNothingOrTooMuchIsRefused() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.refuses("{\"name\": \"x\", \"kind\": \"win_back\"}", "/schedule", "one_of");
        shop.refuses(
                """
                {"name": "x", "kind": "win_back", "schedule": {"silence_days": 30, "p_alive_below": 0.5}}
                """,
                "/schedule",
                "one_of");
        shop.refuses(
                """
                {"name": "x", "kind": "win_back", "schedule": {"p_alive_below": 1.5}}
                """,
                "/schedule/p_alive_below",
                "out_of_range");
        shop.refuses(
                """
                {"name": "x", "kind": "win_back", "schedule": {"silence_days": 60, "max_silence_days": 30}}
                """,
                "/schedule/max_silence_days",
                "out_of_range");
        shop.refuses(
                """
                {"name": "x", "kind": "birthday", "holdout_percent": 95}
                """,
                "/holdout_percent",
                "out_of_range");
    }
}
