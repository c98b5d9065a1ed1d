package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the owner sees of a small shop in which every figure can be counted by hand. */
class ReportsJourney {

    private static Till till;

    @BeforeAll
    static void aSmallShop() {
        till = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        till.at("2027-01-10T10:00:00Z")
                .with(
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                        "tiers": {"basis": "spend", "window": "lifetime", "downgrade": {"policy": "none"},
                                  "levels": [{"key": "member", "name": "=Member", "threshold": 0}, {"key": "vip", "name": "VIP", "threshold": 20000}]},
                        "rewards": [{"key": "five_off", "name": "$5 off", "kind": "amount_off", "amount": 500, "cost_points": 100}]
                        """);
        String ann = till.member();
        String ben = till.member();
        String cat = till.member();
        till.buys(ann, 15_000);
        till.buys(ben, 5_000);
        till.advance("2027-02-10T10:00:00Z");
        till.buys(ann, 10_000);
        till.calls().post("/v1/redemptions", Map.of("member", ann, "reward", "five_off"), 201);
        for (int i = 0; i < 4; i++) {
            till.calls()
                    .post(
                            "/v1/activities",
                            Map.of(
                                    "member",
                                    i < 2 ? ann : cat,
                                    "type",
                                    "survey",
                                    "key",
                                    "s" + i,
                                    "attributes",
                                    Map.of("score", List.of(10, 9, 8, 3).get(i))),
                            201);
        }
    }

    private static JsonPath report(String name) {
        return till.calls().get("/v1/reports/" + name + "?from=2027-01-01&to=2027-02-28");
    }

    @Test
    void theOverviewIsWhatWasSold() {
        JsonPath overview = report("overview");
        assertThat(overview.getMap("figures"))
                .containsEntry("members", 3)
                .containsEntry("purchases", 3)
                .containsEntry("revenue", 30_000)
                .containsEntry("average_order", 10_000)
                .containsEntry("active_members", 2)
                .containsEntry("points_earned", 300)
                .containsEntry("points_redeemed", 100);
        assertThat(overview.getDouble("figures.repeat_purchase_rate")).isEqualTo(0.5);
        assertThat(overview.getList("rows.member_purchases")).containsExactly(2, 1);
    }

    @Test
    void theBooksSayWhatPointsWillCost() {
        JsonPath liability = report("liability");
        assertThat(liability.getMap("figures"))
                .containsEntry("points_outstanding", 200)
                .containsEntry("liability", 1_000)
                .containsEntry("cost_basis", "rewards_of_the_program")
                .containsEntry("breakage_basis", "points_do_not_expire");
        assertThat(liability.getList("rows.closing")).containsExactly(200, 200);
        String journal =
                till.api()
                        .get("/v1/reports/liability?from=2027-01-01&to=2027-02-28&format=csv")
                        .asString();
        assertThat(journal.lines())
                .containsExactly(
                        "date,text,debit_account,credit_account,amount,points",
                        "2027-01-31,issued,loyalty_cost,loyalty_liability,1000,200",
                        "2027-02-28,issued,loyalty_cost,loyalty_liability,500,100",
                        "2027-02-28,redeemed,loyalty_liability,rewards_given,500,100");
    }

    @Test
    void tiersAndAnswersAreCounted() {
        JsonPath tiers = report("tiers");
        assertThat(tiers.getList("rows.members")).containsExactly(2, 1);
        assertThat(tiers.getInt("figures.moved_up")).isEqualTo(1);
        assertThat(
                        till.api()
                                .get("/v1/reports/tiers?from=2027-01-01&to=2027-02-28&format=csv")
                                .asString())
                .as("no formula for a spreadsheet")
                .contains(",'=Member,");
        JsonPath nps = report("nps");
        assertThat(nps.getInt("figures.responses")).isEqualTo(4);
        assertThat(nps.getInt("figures.nps")).isEqualTo(25);
    }

    @Test
    void aGoalIsFollowed() {
        Map<String, Object> goal =
                Map.of("metric", "repeat_purchase_rate", "target", 0.6, "by", "2027-12-31");
        till.api()
                .body(goal)
                .put("/v1/goals")
                .then()
                .statusCode(200)
                .body(field("data[0].present", equalTo(0.5)))
                .body(field("data[0].reached", equalTo(false)));
        till.api()
                .body(goal)
                .put("/v1/goals")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(1));
        till.api()
                .body(Map.of("metric", "luck", "target", -1, "by", "2020-01-01"))
                .put("/v1/goals")
                .then()
                .statusCode(422)
                .body("errors.size()", equalTo(3));
    }

    @Test
    void goalsAreAListLikeOthers() {
        JsonPath goals = till.api().get("/v1/goals").then().statusCode(200).extract().jsonPath();
        assertThat(goals.getMap("")).containsKey("next_cursor");
        for (String wrong : List.of("limit", "cursor")) {
            till.loose()
                    .get("/v1/goals?" + wrong + "=x")
                    .then()
                    .statusCode(422)
                    .body(field("errors[0].pointer", equalTo("?" + wrong)));
        }
    }

    @Test
    void whoCostsMoreThanTheyBringIsCounted() {
        Till shop = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        shop.with(
                """
                "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                "rewards": [{"key": "five_off", "name": "$5 off", "kind": "amount_off", "amount": 500, "cost_points": 100},
                            {"key": "tour", "name": "A tour", "kind": "experience", "cost_points": 50, "cost": 700}]
                """);
        String good = shop.member();
        String dear = shop.member();
        String toured = shop.member();
        // 10,000 less 6,000 for the goods; the discount is in the price.
        shop.buys(good, 15_000);
        costs(
                shop,
                good,
                10_000,
                Map.of("cost", 6_000, "voucher_codes", List.of(redeems(shop, good, "five_off"))));
        // Two lines that cost 900 and 400, for 1,000.
        costs(shop, dear, 1_000, Map.of("lines", List.of(line(600, 900), line(400, 400))));
        // 7,500 less 7,000, and the tour for 700.
        costs(shop, toured, 7_500, Map.of("cost", 7_000));
        shop.api()
                .body(
                        Map.of(
                                "code",
                                redeems(shop, toured, "tour"),
                                "source",
                                "desk",
                                "order_id",
                                "tour-1",
                                "basket",
                                Map.of("amount", 0)))
                .post("/v1/vouchers/redeem")
                .then()
                .statusCode(200);
        Map<String, Object> known = margins(shop, "");
        assertThat(known)
                .containsEntry("unprofitable_members", 2)
                .containsEntry("margin_of_members", -300 + 500 - 700)
                .containsEntry("margin_known_share", 0.2537);
        assertThat(margins(shop, "?margin_percent=20"))
                .as("one purchase of 15,000 says nothing of its cost")
                .containsEntry("unprofitable_members", 2)
                .containsEntry("margin_of_members", 3_000 + 4_000 - 300 + 500 - 700)
                .containsEntry("margin_known_share", 1.0);
        assertThat(report("overview").getMap("figures")).doesNotContainKey("unprofitable_members");
    }

    private static Map<String, Object> margins(Till shop, String query) {
        return shop.api()
                .get("/v1/reports/overview" + query)
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class)
                .getMap("figures");
    }

    private static Map<String, Object> line(long amount, long cost) {
        return Map.of("amount", amount, "cost", cost);
    }

    private static String redeems(Till shop, String member, String reward) {
        return shop.api()
                .body(Map.of("member", member, "reward", reward))
                .post("/v1/redemptions")
                .then()
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("voucher.code");
    }

    private static void costs(Till shop, String member, long amount, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Till.purchase(member, amount, null));
        body.putAll(more);
        shop.api().body(body).post("/v1/purchases").then().statusCode(201);
    }

    @Test
    void fewAnswersHaveNoMarginAndManyHaveOne() {
        assertThat(report("nps").getMap("figures")).doesNotContainKey("nps_margin_of_error");
        Till shop = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        shop.at("2027-01-10T10:00:00Z").with("\"rewards\": []");
        String member = shop.member();
        for (int i = 0; i < 30; i++) {
            assertThat(shop.calls().get("/v1/reports/nps").getMap("figures"))
                    .as("after %d answers", i)
                    .doesNotContainKey("nps_margin_of_error");
            shop.calls()
                    .post(
                            "/v1/activities",
                            Map.of(
                                    "member",
                                    member,
                                    "type",
                                    "nps",
                                    "key",
                                    "a" + i,
                                    "attributes",
                                    Map.of("score", i % 2 == 0 ? 10 : 0)),
                            201);
        }
        assertThat(shop.calls().get("/v1/reports/nps").getInt("figures.nps_margin_of_error"))
                .isEqualTo(36);
    }

    @Test
    void anAmountThatRoundsToNothingIsBookedOnItsSide() {
        Till shop = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        shop.at("2027-01-10T10:00:00Z")
                .with(
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
                        "rewards": [{"key": "cent", "name": "1 cent", "kind": "amount_off", "amount": 1, "cost_points": 1000}]
                        """);
        shop.refundsAll(shop.buys(shop.member(), 1_000));
        assertThat(csv(shop, "liability").lines())
                .contains(
                        "2027-01-31,issued,loyalty_cost,loyalty_liability,0,10",
                        "2027-01-31,reversed,loyalty_liability,loyalty_cost,0,10");
    }

    @Test
    void whatAPointCostsIsAbsentWhereNobodyKnowsIt() {
        Till shop = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        shop.at("2027-01-10T10:00:00Z")
                .with(
                        """
                        "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
                        """);
        shop.buys(shop.member(), 1_000);
        JsonPath liability =
                shop.calls().get("/v1/reports/liability?from=2027-01-01&to=2027-01-31");
        assertThat(liability.getMap("figures"))
                .containsEntry("cost_basis", "unknown")
                .containsEntry("points_outstanding", 10)
                .doesNotContainKeys("cost_per_100_points", "liability", "liability_after_breakage");
        assertThat(liability.getMap("rows[0]"))
                .doesNotContainKeys("liability", "cost_per_100_points");
        assertThat(csv(shop, "liability").lines())
                .contains("2027-01-31,issued,loyalty_cost,loyalty_liability,,10");
    }

    @Test
    void aTableWithoutRowsStillNamesItsColumns() {
        Till shop = new Till(ServiceUnderTest.shared().signUp("Europe/London", "GB", "USD"));
        shop.at("2027-01-10T10:00:00Z").with("\"rewards\": []");
        Map<String, String> first =
                Map.of(
                        "liability", "date,text,debit_account",
                        "retention", "cohort,members,month_1",
                        "frequency", "purchases,members,revenue",
                        "segments", "segment,members,purchases",
                        "campaigns", "campaign,kind,planned,sent",
                        "tiers", "tier,name,members",
                        "nps", "month,responses,promoters");
        first.forEach((name, header) ->
                assertThat(csv(shop, name).lines())
                        .as(name)
                        .singleElement()
                        .asString()
                        .startsWith(header));
    }

    private static String csv(Till shop, String name) {
        return shop.api()
                .get("/v1/reports/" + name + "?from=2027-01-01&to=2027-01-31&format=csv")
                .asString();
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String query :
                List.of(
                        "?from=x",
                        "?from=2027-02-30",
                        "?from=2027-03-01&to=2027-02-01",
                        "?format=pdf")) {
            till.api().get("/v1/reports/overview" + query).then().statusCode(422);
        }
    }
}
