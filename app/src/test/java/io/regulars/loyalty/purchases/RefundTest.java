package io.regulars.loyalty.purchases;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Fields;
import io.regulars.testing.Till;
import io.regulars.testing.Till.Line;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a refund calls back, by the traps of the field. */
class RefundTest {

    private static final String SPEND =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
            """;

    private Till till;

    @BeforeEach
    void aShopWithOnePointPerDollar() {
        till = new Till(ServiceUnderTest.shared().signUp()).with(SPEND);
    }

    @Test
    void afterTheRuleChangedTheRecordedAwardIsCalledBack() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        till.with(SPEND.replace("\"award\": 1", "\"award\": 2"));
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isEqualTo(50);
        assertThat(till.available(member)).isZero();
    }

    @Test
    void afterTheRuleWasDisabledTheRecordedAwardIsCalledBack() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        till.with("\"earning\": []");
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isEqualTo(50);
        assertThat(till.available(member)).isZero();
    }

    @Test
    void twiceUnderOneIdIsOnceAndOtherContentIsRefused() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        Map<String, Object> refund = Map.of("refund_id", "same", "amount", 20_00);
        String first =
                till.refund(purchase, refund).statusCode(201).extract().as(Fields.class).get("id");
        till.refund(purchase, refund).statusCode(200).body(field("id", equalTo(first)));
        till.refund(purchase, Map.of("refund_id", "same", "amount", 10_00))
                .statusCode(409)
                .body(field("code", equalTo("already_recorded")));
        assertThat(till.available(member)).isEqualTo(30);
    }

    @Test
    void inPartsThatSumToTheWholeNoPointIsLostOrLeft() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 10_01);
        long reversed = 0;
        for (long part : List.of(3_33L, 1L, 3_33L, 3_34L)) {
            reversed += till.refunds(purchase, part).getLong("points_reversed");
        }
        assertThat(reversed).isEqualTo(10);
        assertThat(till.available(member)).isZero();
    }

    @Test
    void shippingIsNotRefundedAndCountsForNothing() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 40_00, null, Line.of("book", 40_00));
        // The customer paid 45 with shipping; the amount is that of the goods.
        assertThat(till.refunds(purchase, 40_00).getLong("points_reversed")).isEqualTo(40);
    }

    @Test
    void largerThanTheOrderIsRefusedAndNothingChanges() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        till.refund(purchase, Map.of("amount", 50_01))
                .statusCode(422)
                .body(field("code", equalTo("refund_exceeds_purchase")))
                .body(field("required", equalTo(50_01)))
                .body(field("available", equalTo(50_00)))
                .body(field("errors[0].pointer", equalTo("/amount")));
        till.refundsAll(purchase);
        till.refund(purchase, Map.of())
                .statusCode(422)
                .body(field("code", equalTo("refund_exceeds_purchase")));
        assertThat(till.available(member)).isZero();
    }

    @Test
    void outOfOrderBeforeThePurchaseIsNotFoundAndPaysWhenItIsRepeated() {
        till.api()
                .body(Map.of("refund_id", "early"))
                .post("/v1/purchases/{id}/refunds", "pur_01h455vb4pex5vsknk084sn02q")
                .then()
                .statusCode(404)
                .body(field("code", equalTo("not_found")));
    }

    @Test
    void ofALineCallsBackWhatThatLineEarned() {
        till.with(
                """
                "earning": [
                  {"key": "coffee", "on": "purchase", "when": {"categories": ["coffee"]},
                   "points": {"per_amount": 100, "award": 2}},
                  {"key": "rest", "on": "purchase", "when": {"categories": ["cake"]},
                   "points": {"per_amount": 100, "award": 1}}]
                """);
        String member = till.member();
        JsonPath purchase =
                till.buys(member, 15_00, null, Line.of("coffee", 10_00), Line.of("cake", 5_00));
        assertThat(till.available(member)).isEqualTo(25);
        till.refund(purchase, Map.of("lines", List.of(Map.of("line_id", "cake", "amount", 5_00))))
                .statusCode(201)
                .body(field("points_reversed", equalTo(5)));
        till.refund(purchase, Map.of("lines", List.of(Map.of("line_id", "cake", "amount", 1))))
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/lines/0/amount")));
        till.refund(purchase, Map.of("lines", List.of(Map.of("line_id", "tea", "amount", 1))))
                .statusCode(422)
                .body(field("errors[0].code", equalTo("unknown_line")));
        assertThat(till.available(member)).isEqualTo(20);
    }

    @Test
    void ofMoreItemsThanTheLineHasLeftIsRefused() {
        JsonPath purchase =
                till.buys(till.member(), 9_00, null, new Line("c", "latte", "coffee", 9, 9_00));
        tooMany(purchase, 10, 1_00, 9);
        till.refund(purchase, items(6, 6_00)).statusCode(201);
        tooMany(purchase, 4, 3_00, 3);
        // A discount for a cold cup says nothing of cups that came back.
        till.refund(purchase, items(null, 1_00)).statusCode(201);
        till.refund(purchase, items(3, 1_00)).statusCode(201);
        tooMany(purchase, 1, 0, 0);
        assertThat(
                        till.calls()
                                .get("/v1/purchases/" + purchase.getString("id"))
                                .getInt("lines[0].returned"))
                .isEqualTo(9);
    }

    private void tooMany(JsonPath purchase, int quantity, long amount, int left) {
        till.refund(purchase, items(quantity, amount))
                .statusCode(422)
                .body(field("code", equalTo("refund_exceeds_purchase")))
                .body(field("errors[0].pointer", equalTo("/lines/0/quantity")))
                .body(field("required", equalTo(quantity)))
                .body(field("available", equalTo(left)));
    }

    private static Map<String, Object> items(@Nullable Integer quantity, long amount) {
        Map<String, Object> line = new HashMap<>(Map.of("line_id", "c", "amount", amount));
        if (quantity != null) {
            line.put("quantity", quantity);
        }
        return Map.of("lines", List.of(line));
    }

    @Test
    void ofNoLinesAtAllIsRefusedAndNothingChanges() {
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        till.refund(purchase, Map.of("lines", List.of()))
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/lines")))
                .body(field("errors[0].code", equalTo("out_of_range")));
        assertThat(till.available(member)).isEqualTo(50);
    }

    @Test
    void aFixedAwardGoesBackWithTheLastPart() {
        till.with(
                """
                "earning": [{"key": "visit", "on": "purchase", "points": {"fixed": 7}}]
                """);
        String member = till.member();
        JsonPath purchase = till.buys(member, 10_00);
        assertThat(till.refunds(purchase, 9_99).getLong("points_reversed")).isZero();
        assertThat(till.refunds(purchase, 1).getLong("points_reversed")).isEqualTo(7);
    }

    @Test
    void theRemainderThatAPurchaseLeftIsTakenOffAgain() {
        till.with(SPEND.replace("\"per_amount\": 100", "\"per_amount\": 5000"));
        String member = till.member();
        JsonPath thirty = till.buys(member, 30_00);
        till.buys(member, 20_00);
        assertThat(till.available(member)).as("30 + 20 with 1 point per 50").isEqualTo(1);
        till.refundsAll(thirty);
        till.buys(member, 30_00);
        assertThat(till.available(member)).as("20 + 30 are one point in all").isEqualTo(1);
        till.buys(member, 50_00);
        assertThat(till.available(member)).isEqualTo(2);
    }

    @Test
    void refundingEverythingReturnsTheMemberToWhereTheyWere() {
        till.with(SPEND.replace("\"per_amount\": 100", "\"per_amount\": 700"));
        String member = till.member();
        till.buys(member, 10_00);
        JsonPath purchase = till.buys(member, 33_33);
        till.refunds(purchase, 11_11);
        till.refundsAll(purchase);
        assertThat(till.available(member)).isEqualTo(1);
        till.buys(member, 4_00);
        assertThat(till.available(member)).as("3 dollars were kept from the first").isEqualTo(2);
    }

    @Test
    void aPendingAwardIsCalledBackBeforeItCounts() {
        till.with(
                """
                "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1},
                             "pending_days": 14}]
                """);
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        assertThat(purchase.getString("awards[0].status")).isEqualTo("pending");
        till.refunds(purchase, 20_00);
        assertThat(till.shown(member).getLong("points.pending")).isEqualTo(30);
        assertThat(till.available(member)).isZero();
    }

    @Test
    void ofAPurchaseWithoutAMemberCountsForWhoeverClaimsItLater() {
        Map<String, Object> body = Till.purchase("nobody", 50_00, null);
        body.remove("member");
        JsonPath purchase = till.calls().post("/v1/purchases", body, 201);
        till.refunds(purchase, 20_00);
        String member = till.member();
        String code = purchase.getString("claim_code");
        till.api()
                .body(
                        Map.of(
                                "claim_code",
                                code.toLowerCase(java.util.Locale.ROOT),
                                "member",
                                member))
                .post("/v1/purchases/claim")
                .then()
                .statusCode(200)
                .body(field("points_earned", equalTo(30)));
        till.refundsAll(purchase);
        assertThat(till.available(member)).isZero();
        till.api()
                .body(Map.of("claim_code", code, "member", till.member()))
                .post("/v1/purchases/claim")
                .then()
                .statusCode(409)
                .body(field("code", equalTo("already_claimed")));
    }

    @Test
    void aPurchaseOfAYearWithoutShopsIsRefused() {
        Map<String, Object> body = Till.purchase(till.member(), 50_00, null);
        for (String never : List.of("0000-01-01T00:00:00Z", "-9999-01-01T00:00:00Z")) {
            body.put("purchased_at", never);
            till.loose()
                    .body(body)
                    .post("/v1/purchases")
                    .then()
                    .statusCode(422)
                    .body(field("errors[0].pointer", equalTo("/purchased_at")))
                    .body(field("errors[0].code", equalTo("out_of_range")));
        }
    }

    @Test
    void everyRowSaysWhy() {
        String member = till.member(Map.of("external_id", "english", "locale", "en"));
        JsonPath purchase = till.buys(member, 50_00);
        till.refunds(purchase, 20_00);
        List<Map<String, Object>> rows = till.transactions(member);
        assertThat(rows).extracting(row -> row.get("kind")).containsExactly("earn", "reverse");
        assertThat(rows).extracting(row -> row.get("points")).containsExactly(50, -20);
        assertThat(String.valueOf(rows.getLast().get("why")))
                .isEqualTo("Refund of $20.00 of $50.00.");
    }

    @Test
    void aSimulatedPurchaseAnswersLikeARealOneAndLeavesNothing() {
        String member = till.member();
        Map<String, Object> body = Till.purchase(member, 12_34, null);
        JsonPath simulated = till.calls().post("/v1/purchases/simulate", body, 200);
        assertThat(till.available(member)).isZero();
        JsonPath recorded = till.calls().post("/v1/purchases", body, 201);
        assertThat(simulated.getMap("awards[0]")).isEqualTo(recorded.getMap("awards[0]"));
        assertThat(simulated.getMap("member")).isEqualTo(recorded.getMap("member"));
    }

    @Test
    void inABatchOneThatIsRefusedDoesNotKeepTheOthersOut() {
        String member = till.member();
        Map<String, Object> bad = Till.purchase(member, 10_00, null);
        bad.put("amount", -1);
        Map<String, Object> good = Till.purchase(member, 10_00, null);
        Map<String, Object> free = Till.purchase(member, 10_00, null);
        free.remove("amount");
        Map<String, Object> odd = Till.purchase(member, 10_00, null);
        odd.put("colour", "red");
        till.loose()
                .body(
                        Map.of(
                                "purchases",
                                List.of(
                                        good,
                                        bad,
                                        good,
                                        Till.purchase(member, 5_00, null),
                                        free,
                                        odd)))
                .post("/v1/purchases/batch")
                .then()
                .statusCode(200)
                .body(field("results.status", equalTo(List.of(201, 422, 200, 201, 422, 422))))
                .body(field("results[0].body.stamp_cards", equalTo(List.of())))
                .body(field("results[1].body.code", equalTo("validation_failed")))
                .body(field("results[4].body.errors[0].pointer", equalTo("/amount")))
                .body(field("results[5].body.errors[0].code", equalTo("unknown_field")))
                .body(field("results[0].body.id", startsWith("pur_")));
        assertThat(till.available(member)).isEqualTo(15);
    }
}
