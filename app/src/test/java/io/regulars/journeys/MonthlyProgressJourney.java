package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Marketing;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Once a month every member hears how far they have come. */
class MonthlyProgressJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "expiry": {"mode": "fixed", "months": 2},
            "rewards": [
              {"key": "coffee", "name": "Coffee", "kind": "free_product", "sku": "C", "cost_points": 40},
              {"key": "cake", "name": "Cake", "kind": "free_product", "sku": "K", "cost_points": 60},
              {"key": "lunch", "name": "Lunch", "kind": "free_product", "sku": "L", "cost_points": 200},
              {"key": "gift", "name": "Ten off", "kind": "percent_off", "percent": 10, "valid_days": 30}]
            """;

    @Test
    void the31stIsTheLastDayOfEachMonthAtTheSameHourBeforeAndAfterSummerTime() {
        Marketing shop = new Marketing("Europe/Berlin", "2027-01-15T12:00:00Z", PROGRAM);
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 31}");
        String here = shop.member(Map.of());
        String auckland = shop.member(Map.of("time_zone", "Pacific/Auckland"));
        shop.till().advance("2027-05-01T12:00:00Z");
        assertThat(shop.sent(here, "monthly_progress"))
                .containsExactly(
                        "2027-01-31T08:00:00Z",
                        "2027-02-28T08:00:00Z",
                        "2027-03-31T07:00:00Z",
                        "2027-04-30T07:00:00Z");
        assertThat(shop.sent(auckland, "monthly_progress"))
                .containsExactly(
                        "2027-01-30T20:00:00Z",
                        "2027-02-27T20:00:00Z",
                        "2027-03-30T20:00:00Z",
                        "2027-04-29T21:00:00Z");
        assertThat(shop.messages(here))
                .containsExactly(
                        "monthly_progress 2027-01 sent",
                        "monthly_progress 2027-02 sent",
                        "monthly_progress 2027-03 sent",
                        "monthly_progress 2027-04 sent");
    }

    @Test
    void whoSaidTheZoneThatTheShopThenLeavesIsStillWrittenTo() {
        Marketing shop = new Marketing("Asia/Bangkok", "2027-01-15T12:00:00Z", PROGRAM);
        shop.run("monthly_progress", "\"schedule\": {}");
        String bangkok = shop.member(Map.of("time_zone", "Asia/Bangkok"));
        String anywhere = shop.member(Map.of());
        shop.shop().liveCalls().patch("/v1/tenant", Map.of("time_zone", "Asia/Tokyo"));
        shop.till().advance("2027-02-02T12:00:00Z");
        assertThat(shop.sent(bangkok, "monthly_progress")).containsExactly("2027-02-01T02:00:00Z");
        assertThat(shop.sent(anywhere, "monthly_progress")).containsExactly("2027-02-01T00:00:00Z");
    }

    @Test
    void aDayThatIsMovedIntoThePastMayBeMovedAheadAgain() {
        Marketing shop = Marketing.newYork(PROGRAM);
        String id = shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 25}");
        String member = shop.member(Map.of());
        shop.till().advance("2027-01-20T12:00:00Z");
        for (int day : new int[] {19, 21}) {
            shop.till()
                    .calls()
                    .patch("/v1/campaigns/" + id, Map.of("schedule", Map.of("day_of_month", day)));
            shop.till().advance("PT1M");
        }
        shop.till().advance("2027-01-30T12:00:00Z");
        assertThat(shop.messages(member)).containsExactly("monthly_progress 2027-01 sent");
        assertThat(shop.sent(member, "monthly_progress")).containsExactly("2027-01-21T14:00:00Z");
    }

    @Test
    void theMailTellsOfPointsTheNextGoalWhatIsWithinReachAndWhatEnds() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("monthly_progress", "\"offer\": {\"reward\": \"gift\"}");
        String member = shop.member(Map.of("name", "Laura"));
        shop.till().buys(member, 15_050);
        shop.till().advance("2027-02-02T00:00:00Z");
        String text = shop.text(member);
        assertThat(text)
                .contains(
                        "You have 150 points",
                        "Hello, Laura!",
                        "Your next reward: Lunch",
                        "[###############-----] 75 %",
                        "Only 50 points to go until Lunch.",
                        "* Cake: 60 points\n  * Coffee: 40 points",
                        "* 150 points hold until the end of March",
                        "Ten off")
                .doesNotContain("tier");
        assertThat(shop.voucherStates(member)).containsExactly("issued");
    }

    @Test
    void withTiersTheBarShowsTheWayToTheNextOne() {
        Marketing shop =
                Marketing.newYork(
                        """
                        "tiers": {"basis": "spend", "window": "calendar_year", "levels": [
                          {"key": "member", "name": "Member", "threshold": 0},
                          {"key": "gold", "name": "Gold", "threshold": 50000}]}
                        """);
        shop.run("monthly_progress", "\"schedule\": {}");
        String member = shop.member(Map.of());
        shop.till().buys(member, 20_000);
        shop.till().advance("2027-02-02T00:00:00Z");
        assertThat(shop.text(member))
                .contains(
                        "Your tier: Member",
                        "[########------------] 40 %",
                        "Only $300.00 to go until Gold.",
                        "Tier: Member");
    }

    @Test
    void inTheHighestTierThereIsNoBar() {
        Marketing shop =
                Marketing.newYork(
                        """
                        "tiers": {"basis": "purchases", "window": "lifetime", "levels": [
                          {"key": "member", "name": "Member", "threshold": 0}]}
                        """);
        shop.run("monthly_progress", "\"schedule\": {}");
        String member = shop.member(Map.of());
        shop.till().advance("2027-02-02T00:00:00Z");
        assertThat(shop.text(member))
                .contains("Your tier: Member", "There is no higher one.")
                .doesNotContain(" %");
    }

    @Test
    void whoHasNothingYetIsToldSoWithoutEmptyHeadings() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 20}");
        String member = shop.member(Map.of());
        shop.till().advance("2027-01-21T00:00:00Z");
        assertThat(shop.text(member))
                .contains("You have 0 points", "[--------------------] 0 %", "Coffee")
                .doesNotContain("Yours for the asking", "Use them soon");
    }

    @Test
    void whoJoinsAfterTheHourWaitsForTheNextMonth() {
        Marketing shop = Marketing.newYork(PROGRAM);
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 10}");
        shop.member(Map.of());
        shop.till().advance("2027-01-10T14:30:00Z");
        String late = shop.member(Map.of());
        shop.till().advance("2027-02-11T00:00:00Z");
        assertThat(shop.messages(late)).containsExactly("monthly_progress 2027-02 sent");
    }

    @Test
    void aDayMovedBackDoesNotSendTheSameMonthAgain() {
        Marketing shop = new Marketing("America/New_York", "2027-01-03T12:00:00Z", PROGRAM);
        String campaign = shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 5}");
        String member = shop.member(Map.of());
        shop.till().advance("2027-01-06T12:00:00Z");
        shop.till()
                .api()
                .body(Map.of("schedule", Map.of("day_of_month", 20)))
                .patch("/v1/campaigns/{id}", campaign)
                .then()
                .statusCode(200);
        shop.till().advance("2027-02-21T12:00:00Z");
        assertThat(shop.sent(member, "monthly_progress"))
                .containsExactly("2027-01-05T14:00:00Z", "2027-02-20T14:00:00Z");
    }

    @Test
    void aDayThatNoMonthHasIsRefused() {
        Marketing shop = new Marketing("America/New_York", "2027-01-03T12:00:00Z", PROGRAM);
        shop.refuses(
                """
                {"name": "x", "kind": "monthly_progress", "schedule": {"day_of_month": 32, "leap_day": "mar_1"}}
                """,
                "/schedule/day_of_month",
                "out_of_range");
        shop.refuses(
                """
                {"name": "x", "kind": "monthly_progress", "schedule": {"leap_day": "mar_1"}}
                """,
                "/schedule/leap_day",
                "not_for_this_kind");
    }
}
