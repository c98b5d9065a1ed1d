package io.regulars.loyalty.rewards;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ServiceUnderTest;
import io.regulars.testing.Till;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What vouchers are said to have taken off a purchase, of which only what was paid is told. */
class OrderDiscountsTest {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "five_off", "name": "$5 off", "kind": "amount_off", "amount": 500, "cost_points": 10},
                        {"key": "fifteen", "name": "15 %", "kind": "percent_off", "percent": 15, "cost_points": 10},
                        {"key": "all", "name": "On us", "kind": "percent_off", "percent": 100, "cost_points": 10,
                         "min_basket": 500}]
            """;

    private Till till;
    private String member = "";

    @BeforeEach
    void aMemberWithPoints() {
        till = new Till(ServiceUnderTest.shared().signUp()).with(PROGRAM);
        member = till.member();
        till.buys(member, 100_00);
    }

    @Test
    void ofAHundredPercentNobodyKnowsWhatItTookOffAndNothingIsMadeUp() {
        JsonPath purchase = buys(0, List.of(code("all")));
        assertThat(purchase.getString("vouchers[0].reward")).isEqualTo("all");
        assertThat(purchase.getLong("vouchers[0].discount")).isZero();
        assertThat(till.calls().get("/v1/reports/overview").getLong("figures.discounts_given"))
                .isZero();
    }

    @Test
    void whatATillSaidWhenItRedeemedTheVoucherStays() {
        String code = code("all");
        Map<String, Object> body = Till.purchase(member, 0, null);
        body.put("voucher_codes", List.of(code));
        till.calls()
                .post(
                        "/v1/vouchers/redeem",
                        Map.of(
                                "code",
                                code,
                                "source",
                                body.get("source"),
                                "order_id",
                                body.get("order_id"),
                                "basket",
                                Map.of("amount", 12_00)),
                        200);
        assertThat(till.calls().post("/v1/purchases", body, 201).getLong("vouchers[0].discount"))
                .isEqualTo(12_00);
    }

    @Test
    void severalTakeOffOneAfterTheOtherSoThatTheyAddUpToWhatWasSaved() {
        for (boolean amountFirst : List.of(true, false)) {
            String amount = code("five_off");
            String percent = code("fifteen");
            JsonPath purchase =
                    buys(10_00, amountFirst ? List.of(amount, percent) : List.of(percent, amount));
            assertThat(discount(purchase, amount)).isEqualTo(5_00);
            assertThat(discount(purchase, percent))
                    .as("15 % of the 1176 that 500 left of 1676")
                    .isEqualTo(1_76);
        }
    }

    @Test
    void aCodeThatIsListedTwiceIsRefusedAsThat() {
        String code = code("fifteen");
        Map<String, Object> body = Till.purchase(member, 10_00, null);
        body.put("voucher_codes", List.of(code, code.toLowerCase(Locale.ROOT)));
        till.api()
                .body(body)
                .post("/v1/purchases")
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/voucher_codes/1")))
                .body(field("errors[0].code", equalTo("duplicate_key")))
                .body(field("errors[0].detail", containsString("twice")));
    }

    private JsonPath buys(long paid, List<String> codes) {
        Map<String, Object> body = Till.purchase(member, paid, null);
        body.put("voucher_codes", codes);
        return till.calls().post("/v1/purchases", body, 201);
    }

    private static long discount(JsonPath purchase, String code) {
        List<String> codes = purchase.getList("vouchers.code", String.class);
        return purchase.getLong("vouchers[" + codes.indexOf(code) + "].discount");
    }

    private String code(String reward) {
        return till.calls()
                .post("/v1/redemptions", Map.of("member", member, "reward", reward), 201)
                .getString("voucher.code");
    }
}
