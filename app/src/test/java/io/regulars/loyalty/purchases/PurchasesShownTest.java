package io.regulars.loyalty.purchases;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purchases as they are shown later: to a till that asks again, and to a mirror that reads on. */
class PurchasesShownTest {

    private static final String SPEND =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}},
                        {"key": "review", "on": "activity:review", "points": {"fixed": 5}}]
            """;

    private static final String SHELF =
            """
            , "stamp_cards": [{"key": "visits", "buys": 10, "reward": "cup"}],
              "rewards": [{"key": "cup", "name": "A cup", "kind": "gift"},
                          {"key": "fifteen", "name": "15 %", "kind": "percent_off", "percent": 15, "cost_points": 10},
                          {"key": "season", "name": "10 %", "kind": "percent_off", "percent": 10, "cost_points": 20,
                           "reusable": true}]
            """;

    private Till till;

    @BeforeEach
    void aShop() {
        till = new Till(ServiceUnderTest.shared().signUp()).at("2027-03-01T02:00:00Z");
    }

    @Test
    void aRepeatAndTheListSayAllThatTheFirstAnswerSaid() {
        till.with(SPEND + SHELF);
        String member = till.member();
        till.buys(member, 100_00);
        Map<String, Object> body = Till.purchase(member, 20_00, null, Line.of("tea", 20_00));
        body.put("voucher_codes", List.of(redeemed(member, "season"), redeemed(member, "fifteen")));
        JsonPath first = till.calls().post("/v1/purchases", body, 201);
        assertThat(first.getList("vouchers")).hasSize(2);
        assertThat(first.getList("stamp_cards")).hasSize(1);
        Map<String, Object> said = first.getMap("$");
        assertThat(till.calls().post("/v1/purchases", body, 200).<String, Object>getMap("$"))
                .isEqualTo(said);
        String one = "/v1/purchases/" + first.getString("id");
        assertThat(till.calls().get(one).<String, Object>getMap("$")).isEqualTo(said);
        assertThat(till.calls().get("/v1/purchases").<String, Object>getMap("data[0]"))
                .isEqualTo(said);
    }

    @Test
    void aMirrorSeesUpToWhereItHasRead() {
        till.with(SPEND);
        JsonPath old = till.buys(till.member(), 10_00);
        assertThat(old.getString("updated_at")).isEqualTo("2027-03-01T02:00:00Z");
        till.advance("2027-03-02T02:00:00Z");
        JsonPath young = till.buys(till.member(), 10_00);
        till.advance("2027-03-03T02:00:00Z");
        till.refunds(old, 5_00);
        till.api()
                .queryParam("updated_since", young.getString("updated_at"))
                .get("/v1/purchases")
                .then()
                .statusCode(200)
                .body(field("data.id", contains(old.getString("id"), young.getString("id"))))
                .body(field("data[0].updated_at", equalTo("2027-03-03T02:00:00Z")));
    }

    @Test
    void aListOfOneMembersPurchasesHasNobodyElses() {
        till.with(SPEND);
        String member = till.member();
        String first = till.buys(member, 10_00).getString("id");
        till.buys(till.member(), 10_00);
        String second = till.buys(member, 20_00).getString("id");
        JsonPath page = till.calls().get("/v1/purchases?limit=1&member=" + member);
        assertThat(page.getList("data.id")).containsExactly(second);
        page =
                till.calls()
                        .get(
                                "/v1/purchases?limit=1&member="
                                        + member
                                        + "&cursor="
                                        + page.getString("next_cursor"));
        assertThat(page.getList("data.id")).containsExactly(first);
        assertThat(page.getString("next_cursor")).isNull();
        till.api()
                .queryParam("member", member)
                .queryParam("updated_since", "2027-03-01T00:00:00Z")
                .get("/v1/purchases")
                .then()
                .body(field("data.id", contains(second, first)));
        till.api()
                .queryParam("member", till.member())
                .get("/v1/purchases")
                .then()
                .body(field("data", empty()));
        till.loose()
                .get("/v1/purchases?member=ext:nobody")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_not_found")));
    }

    @Test
    void anAwardSaysWhatHasBecomeOfIt() {
        till.with(SPEND + ", \"expiry\": {\"mode\": \"fixed\", \"months\": 1}");
        JsonPath refunded = till.buys(till.member(), 50_00);
        assertThat(refunded.getLong("points_reversed")).isZero();
        till.refunds(refunded, 20_00);
        JsonPath shown = shown(refunded);
        assertThat(shown.getString("awards[0].status")).isEqualTo("available");
        assertThat(shown.getLong("awards[0].points_reversed")).isEqualTo(20);
        assertThat(shown.getLong("points_earned")).isEqualTo(50);
        assertThat(shown.getLong("points_reversed")).isEqualTo(20);
        till.refundsAll(refunded);
        shown = shown(refunded);
        assertThat(shown.getString("awards[0].status")).isEqualTo("reversed");
        assertThat(shown.getLong("points_reversed")).isEqualTo(50);
        JsonPath kept = till.buys(till.member(), 30_00);
        till.advance("2027-05-01T02:00:00Z");
        shown = shown(kept);
        assertThat(shown.getString("awards[0].status")).isEqualTo("expired");
        assertThat(shown.getLong("points_earned")).isEqualTo(30);
        assertThat(shown.getLong("points_reversed")).isZero();
    }

    @Test
    void whereInactivityEndsPointsAwardsAndTransactionsSayWhenAndItMovesOn() {
        till.with(SPEND + ", \"expiry\": {\"mode\": \"inactivity\", \"months\": 12}");
        String member = till.member();
        JsonPath first = till.buys(member, 50_00);
        String end = till.shown(member).getString("points.expiring[0].at");
        assertThat(end).isNotNull();
        assertThat(first.getString("awards[0].expires_at")).isEqualTo(end);
        assertThat(till.transactions(member).getFirst()).containsEntry("expires_at", end);
        till.advance("2027-06-01T02:00:00Z");
        JsonPath review =
                till.calls()
                        .post(
                                "/v1/activities",
                                Map.of("member", member, "type", "review", "key", "one"),
                                201);
        String later = till.shown(member).getString("points.expiring[0].at");
        assertThat(later).isGreaterThan(end);
        assertThat(review.getString("awards[0].expires_at")).isEqualTo(later);
        assertThat(shown(first).getString("awards[0].expires_at")).isEqualTo(later);
        assertThat(till.transactions(member))
                .allSatisfy(entry -> assertThat(entry).containsEntry("expires_at", later));
        till.refundsAll(first);
        assertThat(shown(first).getString("awards[0].expires_at"))
                .as("nothing is left of it that could end")
                .isNull();
        assertThat(till.transactions(member).getFirst()).doesNotContainKey("expires_at");
    }

    @Test
    void aLineWithoutAnIdIsNumberedAroundThoseThatAreGiven() {
        till.with(SPEND);
        Map<String, Object> body = Till.purchase(till.member(), 30_00, null);
        body.put(
                "lines",
                List.of(
                        Map.of("sku", "tea", "amount", 10_00),
                        Map.of("line_id", "1", "sku", "cake", "amount", 10_00),
                        Map.of("sku", "cup", "amount", 10_00)));
        JsonPath purchase = till.calls().post("/v1/purchases", body, 201);
        assertThat(purchase.getList("lines.line_id")).containsExactly("4", "1", "3");
        assertThat(till.calls().post("/v1/purchases", body, 200).getString("id"))
                .isEqualTo(purchase.getString("id"));
    }

    private JsonPath shown(JsonPath purchase) {
        return till.calls().get("/v1/purchases/" + purchase.getString("id"));
    }

    private String redeemed(String member, String reward) {
        return till.calls()
                .post("/v1/redemptions", Map.of("member", member, "reward", reward), 201)
                .getString("voucher.code");
    }
}
