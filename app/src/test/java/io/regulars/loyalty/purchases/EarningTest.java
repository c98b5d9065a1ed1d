package io.regulars.loyalty.purchases;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What earns points, by the rules that a marketer can write. */
class EarningTest {

    private Till till;

    @BeforeEach
    void aShopInHue() {
        till = new Till(ServiceUnderTest.shared().signUp()).at("2027-03-01T02:00:00Z");
    }

    @Test
    void spendingMoreThanOnceIsAddedUpBeforeItIsRounded() {
        till.with(rule("\"points\": {\"per_amount\": 5000, \"award\": 1}"));
        String member = till.member();
        assertThat(till.buys(member, 30_00).getLong("points_earned")).isZero();
        assertThat(till.buys(member, 20_00).getLong("points_earned")).isEqualTo(1);
    }

    @Test
    void aPurchaseOfNothingAndOneOfTwoToThe53AreExact() {
        till.with(rule("\"points\": {\"per_amount\": 1000000, \"award\": 1}"));
        String member = till.member();
        assertThat(till.buys(member, 0).getLong("points_earned")).isZero();
        assertThat(till.buys(member, 1L << 53).getLong("points_earned")).isEqualTo(9_007_199_254L);
        assertThat(till.available(member)).isEqualTo(9_007_199_254L);
        till.sale(member, (1L << 53) + 1, null).statusCode(422);
    }

    @Test
    void withoutCarryingOnTheRestIsLost() {
        till.with(
                rule("\"points\": {\"per_amount\": 5000, \"award\": 1}")
                        + ", \"rounding\": {\"carry_remainder\": false}");
        String member = till.member();
        till.buys(member, 30_00);
        assertThat(till.buys(member, 20_00).getLong("points_earned")).isZero();
    }

    @Test
    void aRuleForCategoriesCountsTheirLinesTogetherAndNotOneByOne() {
        till.with(
                rule(
                        """
                        "points": {"per_amount": 1000, "award": 1}, "when": {"categories": ["coffee"]}
                        """));
        String member = till.member();
        JsonPath purchase =
                till.buys(
                        member,
                        30_00,
                        null,
                        new Line("1", "latte", "coffee", 1, 6_00),
                        new Line("2", "mocha", "coffee", 1, 7_00),
                        new Line("3", "cake", "cake", 1, 9_00));
        assertThat(purchase.getLong("points_earned")).isEqualTo(1);
        assertThat(purchase.getString("awards[0].why")).contains("13,00");
    }

    @Test
    void weekdaysAndHoursAreThoseOfTheLocationElseOfTheShop() {
        till.with(
                """
                "locations": [{"key": "hue", "name": "Huế"},
                              {"key": "lisbon", "name": "Lisboa", "time_zone": "Europe/Lisbon"}],
                "earning": [{"key": "morning", "on": "purchase", "points": {"fixed": 5},
                             "when": {"weekdays": ["monday"], "from": "07:00", "to": "10:00"}}]
                """);
        String member = till.member();
        // 09:30 in Huế on Monday, 1 March 2027
        assertThat(
                        till.buys(member, 1_00, Instant.parse("2027-03-01T02:00:00Z"))
                                .getLong("points_earned"))
                .isEqualTo(5);
        assertThat(at(member, "lisbon", "2027-03-01T02:00:00Z")).as("two at night there").isZero();
        till.advance("2027-03-01T12:00:00Z");
        assertThat(at(member, "lisbon", "2027-03-01T08:00:00Z")).isEqualTo(5);
        assertThat(at(member, "hue", "2027-03-01T03:00:00Z")).as("10:00 is over").isZero();
    }

    @Test
    void hoursMayLieBehindMidnight() {
        till.with(
                rule(
                        """
                        "points": {"fixed": 3}, "when": {"from": "22:00", "to": "02:00"}
                        """));
        String member = till.member();
        assertThat(at(member, null, "2027-02-28T18:59:00Z")).as("01:59").isEqualTo(3);
        assertThat(at(member, null, "2027-02-28T19:00:00Z")).as("02:00").isZero();
        assertThat(at(member, null, "2027-02-28T15:00:00Z")).as("22:00").isEqualTo(3);
    }

    @Test
    void aNightBelongsToTheDayOnWhichItBegan() {
        till.with(
                rule(
                        """
                        "points": {"fixed": 3},
                        "when": {"weekdays": ["friday"], "from": "22:00", "to": "02:00"}
                        """));
        till.advance("2027-03-08T00:00:00Z");
        String member = till.member();
        assertThat(at(member, null, "2027-03-04T18:30:00Z")).as("Friday 01:30").isZero();
        assertThat(at(member, null, "2027-03-05T15:30:00Z")).as("Friday 22:30").isEqualTo(3);
        assertThat(at(member, null, "2027-03-05T18:30:00Z")).as("Saturday 01:30").isEqualTo(3);
        assertThat(at(member, null, "2027-03-06T15:30:00Z")).as("Saturday 22:30").isZero();
    }

    @Test
    void ofAGroupThatTakesTheBestOnlyTheBestCounts() {
        till.with(
                """
                "earning": [
                  {"key": "one", "on": "purchase", "points": {"per_amount": 100, "award": 1}, "stack": "best", "group": "g"},
                  {"key": "double", "on": "purchase", "points": {"per_amount": 100, "award": 2},
                   "when": {"min_amount": 5000}, "stack": "best", "group": "g"},
                  {"key": "visit", "on": "purchase", "points": {"fixed": 1}}]
                """);
        String member = till.member();
        assertThat(till.buys(member, 10_00).getList("awards.rule")).containsExactly("one", "visit");
        JsonPath large = till.buys(member, 60_00);
        assertThat(large.getList("awards.rule")).containsExactly("double", "visit");
        assertThat(large.getLong("points_earned")).isEqualTo(121);
    }

    @Test
    void aLimitPerDayAndPerMemberIsGivenBackWhenAnAwardIsCalledBack() {
        till.with(
                rule(
                        "\"points\": {\"fixed\": 10}, \"limits\": {\"per_day\": 1, \"per_member\": 2}"));
        String member = till.member();
        JsonPath first = till.buys(member, 1_00);
        assertThat(first.getLong("points_earned")).isEqualTo(10);
        assertThat(till.buys(member, 1_00).getLong("points_earned")).isZero();
        till.refundsAll(first);
        assertThat(till.buys(member, 1_00).getLong("points_earned")).isEqualTo(10);
        till.advance("P1D");
        assertThat(till.buys(member, 1_00).getLong("points_earned")).isEqualTo(10);
        till.advance("P1D");
        assertThat(till.buys(member, 1_00).getLong("points_earned")).as("two in all").isZero();
    }

    @Test
    void aBudgetGivesTheRestToWhoComesLastAndNothingThen() {
        till.with(rule("\"points\": {\"fixed\": 10}, \"limits\": {\"budget_points\": 25}"));
        assertThat(till.buys(till.member(), 1_00).getLong("points_earned")).isEqualTo(10);
        JsonPath second = till.buys(till.member(), 1_00);
        JsonPath third = till.buys(till.member(), 1_00);
        assertThat(third.getLong("points_earned")).isEqualTo(5);
        assertThat(till.buys(till.member(), 1_00).getLong("points_earned")).isZero();
        till.refundsAll(second);
        assertThat(till.buys(till.member(), 1_00).getLong("points_earned")).isEqualTo(10);
    }

    @Test
    void theFirstPurchaseIsTheFirst() {
        till.with(rule("\"points\": {\"fixed\": 100}, \"when\": {\"first_purchase\": true}"));
        String member = till.member();
        assertThat(till.buys(member, 1_00).getLong("points_earned")).isEqualTo(100);
        assertThat(till.buys(member, 1_00).getLong("points_earned")).isZero();
    }

    @Test
    void pendingPointsCountFromTheirDayOn() {
        till.with(rule("\"points\": {\"per_amount\": 100, \"award\": 1}, \"pending_days\": 14"));
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        assertThat(purchase.getString("awards[0].available_at")).isEqualTo("2027-03-14T17:00:00Z");
        assertThat(till.available(member)).isZero();
        till.advance("2027-03-14T16:59:59Z");
        assertThat(till.available(member)).isZero();
        till.advance("2027-03-14T17:00:00Z");
        assertThat(till.available(member)).isEqualTo(50);
    }

    @Test
    void anActivityPaysOnceByItsKey() {
        till.with(
                """
                "earning": [{"key": "review", "on": "activity:review", "points": {"fixed": 20},
                             "limits": {"per_day": 2}}]
                """);
        String member = till.member();
        Map<String, Object> review = Map.of("member", member, "type", "review", "key", "book-1");
        till.api()
                .body(review)
                .post("/v1/activities")
                .then()
                .statusCode(201)
                .body(field("points_earned", equalTo(20)));
        till.api()
                .body(review)
                .post("/v1/activities")
                .then()
                .statusCode(200)
                .body(field("points_earned", equalTo(20)))
                .body(field("member.points.available", equalTo(20)));
        till.api()
                .body(Map.of("member", till.member(), "type", "review", "key", "book-1"))
                .post("/v1/activities")
                .then()
                .statusCode(409)
                .body(field("code", equalTo("already_recorded")));
        for (int i = 2; i < 5; i++) {
            till.calls()
                    .post(
                            "/v1/activities",
                            Map.of("member", member, "type", "review", "key", "book-" + i),
                            201);
        }
        assertThat(till.available(member)).as("two a day").isEqualTo(40);
        till.api()
                .body(Map.of("member", member, "type", "Bad Type", "key", "x"))
                .post("/v1/activities")
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/type")));
    }

    @Test
    void theVersionAtTheTimeOfThePurchaseCounts() {
        till.with(rule("\"points\": {\"per_amount\": 100, \"award\": 1}"));
        String member = till.member();
        till.advance("P2D");
        till.with(rule("\"points\": {\"per_amount\": 100, \"award\": 3}"));
        assertThat(
                        till.buys(member, 10_00, Instant.parse("2027-03-02T02:00:00Z"))
                                .getLong("points_earned"))
                .isEqualTo(10);
        assertThat(till.buys(member, 10_00).getLong("points_earned")).isEqualTo(30);
        assertThat(
                        till.buys(member, 10_00, Instant.parse("2020-01-01T02:00:00Z"))
                                .getLong("points_earned"))
                .as("before the first version: the first")
                .isEqualTo(10);
    }

    private static String rule(String parts) {
        return "\"earning\": [{\"key\": \"rule\", \"on\": \"purchase\", " + parts + "}]";
    }

    private long at(String member, @Nullable String location, String time) {
        Map<String, Object> body = new HashMap<>(Till.purchase(member, 1_00, Instant.parse(time)));
        if (location != null) {
            body.put("location", location);
        }
        return till.calls().post("/v1/purchases", body, 201).getLong("points_earned");
    }
}
