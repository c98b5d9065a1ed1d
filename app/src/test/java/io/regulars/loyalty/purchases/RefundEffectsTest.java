package io.regulars.loyalty.purchases;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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

/**
 * What hangs on a refunded purchase besides its own points: those spent meanwhile, tiers,
 * referrals, vouchers, stamps.
 */
class RefundEffectsTest {

    private static final String SPEND =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]
            """;

    private Till till;

    @BeforeEach
    void aShopWithOnePointPerDollar() {
        till = new Till(ServiceUnderTest.shared().signUp()).with(SPEND);
    }

    private static final String REWARDS =
            """
            , "rewards": [{"key": "cup", "name": "A cup", "kind": "gift", "cost_points": 40},
                          {"key": "three_off", "name": "$3 off", "kind": "amount_off", "amount": 300, "cost_points": 30}]
            """;

    @Test
    void afterThePointsWereSpentOnlyWhatTheMemberHasIsTaken() {
        till.with(SPEND + REWARDS + policy("within_balance"));
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        redeem(member, "cup");
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isEqualTo(10);
        assertThat(till.available(member)).isZero();
        assertThat(till.shown(member).getLong("points.debt")).isZero();
    }

    @Test
    void afterThePointsWereSpentTheRestIsADebtThatTheNextPointsRepayWhereThatIsAllowed() {
        till.with(SPEND + REWARDS + policy("allow_debt"));
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        redeem(member, "cup");
        till.refund(purchase, Map.of())
                .statusCode(201)
                .body(field("points_reversed", equalTo(50)))
                .body(field("debt", equalTo(40)));
        till.buys(member, 30_00);
        assertThat(till.available(member)).isZero();
        assertThat(till.shown(member).getLong("points.debt")).isEqualTo(10);
        till.buys(member, 15_00);
        assertThat(till.available(member)).isEqualTo(5);
    }

    @Test
    void afterThePointsWereSpentOthersAreLeftAloneWhereOnlyPendingOnesMayBeTaken() {
        till.with(SPEND + REWARDS + policy("only_pending"));
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        redeem(member, "cup");
        till.buys(member, 20_00);
        // Ten are left of its own lot; those of the other purchase can be spent already.
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isEqualTo(10);
        assertThat(till.available(member)).isEqualTo(20);
    }

    @Test
    void whatARefundForgaveIsTakenWhenTheSpentPointsComeBack() {
        till.with(SPEND + REWARDS + policy("within_balance"));
        String member = till.member();
        JsonPath purchase = till.buys(member, 40_00);
        String redemption = redeem(member, "cup");
        till.refundsAll(purchase);
        till.calls().post("/v1/redemptions/" + redemption + "/cancel", 200);
        assertThat(till.available(member)).as("nobody gets points for nothing").isZero();
    }

    @Test
    void afterThePointsExpiredNothingIsTakenTwice() {
        till = new Till(ServiceUnderTest.shared().signUp()).at("2027-01-10T02:00:00Z");
        till.with(SPEND + ", \"expiry\": {\"mode\": \"fixed\", \"months\": 1}");
        String member = till.member();
        JsonPath purchase = till.buys(member, 50_00);
        till.advance("2027-03-01T02:00:00Z");
        assertThat(till.available(member)).isZero();
        till.buys(member, 20_00);
        assertThat(till.refundsAll(purchase).getLong("points_reversed")).isZero();
        assertThat(till.available(member)).isEqualTo(20);
    }

    @Test
    void ofAPurchaseThatRaisedTheTierLowersItAgain() {
        till.with(SPEND + TIERS);
        String member = till.member();
        JsonPath small = till.buys(member, 20_00);
        assertThat(small.getString("member.tier.key")).isEqualTo("basic");
        assertThat(small.getLong("member.tier.progress.to_next.missing")).isEqualTo(80_00);
        JsonPath large = till.buys(member, 90_00);
        assertThat(large.getString("member.tier.key")).isEqualTo("gold");
        assertThat(large.getLong("points_earned")).as("at the tier held before").isEqualTo(90);
        assertThat(till.buys(member, 10_00).getLong("points_earned")).isEqualTo(20);
        till.refund(large, Map.of())
                .statusCode(201)
                .body(field("member.tier.key", equalTo("basic")));
        assertThat(till.buys(member, 10_00).getLong("points_earned")).isEqualTo(10);
    }

    @Test
    void ofTheOrderThatQualifiedAReferralTakesBackWhatBothGot() {
        till.with(SPEND + ", \"referral\": {\"referrer_points\": 500, \"friend_points\": 100}");
        String referrer = till.member(Map.of("external_id", "referrer", "email", "a@example.com"));
        String code = till.shown(referrer).getString("referral_code");
        String friend =
                till.member(
                        Map.of(
                                "external_id", "friend",
                                "email", "b@example.com",
                                "referral_code", code));
        JsonPath first = till.buys(friend, 10_00);
        assertThat(till.available(referrer)).isEqualTo(500);
        assertThat(till.available(friend)).isEqualTo(110);
        till.refundsAll(first);
        assertThat(till.available(referrer)).isZero();
        assertThat(till.available(friend)).isZero();
    }

    @Test
    void ofAPurchaseWithARedeemedVoucherGivesThePointsOfTheVoucherBack() {
        till.with(SPEND + REWARDS + policy("within_balance"));
        String member = till.member();
        till.buys(member, 100_00);
        till.calls().post("/v1/redemptions", Map.of("member", member, "reward", "three_off"), 201);
        String code =
                till.api()
                        .get("/v1/members/{id}/vouchers", member)
                        .then()
                        .extract()
                        .as(Fields.class)
                        .get("data[0].code");
        Map<String, Object> body = Till.purchase(member, 20_00, null);
        body.put("voucher_codes", List.of(code));
        JsonPath purchase =
                till.api()
                        .body(body)
                        .post("/v1/purchases")
                        .then()
                        .statusCode(201)
                        .body(field("vouchers[0].discount", equalTo(3_00)))
                        .extract()
                        .as(Fields.class);
        assertThat(till.available(member)).isEqualTo(90);
        Map<String, Object> again = Till.purchase(member, 20_00, null);
        again.put("voucher_codes", List.of(code));
        till.api()
                .body(again)
                .post("/v1/purchases")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("voucher_used")))
                .body(field("errors[0].pointer", equalTo("/voucher_codes/0")));
        till.refund(purchase, Map.of())
                .statusCode(201)
                .body(field("points_reversed", equalTo(20)))
                .body(field("points_returned", equalTo(30)));
        assertThat(till.available(member)).isEqualTo(100);
    }

    @Test
    void takesStampsBack() {
        till.with(
                """
                "stamp_cards": [{"key": "coffee", "buys": 3, "categories": ["coffee"], "reward": "cup"}],
                "rewards": [{"key": "cup", "name": "A cup", "kind": "gift"}]
                """);
        String member = till.member();
        JsonPath two = till.buys(member, 8_00, null, new Line("c", "latte", "coffee", 2, 8_00));
        assertThat(two.getInt("stamp_cards[0].stamps")).isEqualTo(2);
        JsonPath full = till.buys(member, 8_00, null, new Line("c", "latte", "coffee", 2, 8_00));
        assertThat(full.getInt("stamp_cards[0].stamps")).isEqualTo(1);
        assertThat(full.getList("stamp_cards[0].vouchers")).hasSize(1);
        till.refundsAll(full);
        till.api()
                .get("/v1/members/{id}/stamp-cards", member)
                .then()
                .statusCode(200)
                .body(field("data[0].stamps", equalTo(2)))
                .body("data[0].vouchers.size()", equalTo(0));
    }

    @Test
    void takesAStampForEachItemThatCameBackWhateverWasPaidForIt() {
        till.with(
                """
                "stamp_cards": [{"key": "coffee", "buys": 20, "categories": ["coffee"], "reward": "cup"}],
                "rewards": [{"key": "cup", "name": "A cup", "kind": "gift"}]
                """);
        String member = till.member();
        JsonPath nine = till.buys(member, 36_00, null, new Line("c", "latte", "coffee", 9, 36_00));
        coffees(nine, null, 24_00);
        assertThat(stamps(member)).as("money alone stands for whole items").isEqualTo(3);
        coffees(nine, 1, 3_50);
        assertThat(stamps(member)).as("a cup came back, though for less").isEqualTo(2);
        coffees(nine, null, 3_00);
        assertThat(stamps(member)).as("less than a cup's money, and no cup").isEqualTo(2);
        coffees(nine, null, 1_00);
        assertThat(stamps(member)).as("now it is a cup's").isEqualTo(1);
        till.refundsAll(nine);
        assertThat(stamps(member)).isZero();
    }

    private void coffees(JsonPath purchase, @Nullable Integer quantity, long amount) {
        Map<String, Object> line = new HashMap<>(Map.of("line_id", "c", "amount", amount));
        if (quantity != null) {
            line.put("quantity", quantity);
        }
        till.refund(purchase, Map.of("lines", List.of(line))).statusCode(201);
    }

    private int stamps(String member) {
        return till.calls().get("/v1/members/" + member + "/stamp-cards").getInt("data[0].stamps");
    }

    @Test
    void ofAReceiptLeavesOnlyTheRestToStampWhenItIsClaimed() {
        till.with(
                """
                "stamp_cards": [{"key": "coffee", "buys": 20, "categories": ["coffee"], "reward": "cup"}],
                "rewards": [{"key": "cup", "name": "A cup", "kind": "gift"}]
                """);
        Map<String, Object> receipt =
                Till.purchase("", 40_00, null, new Line("c", "latte", "coffee", 10, 40_00));
        receipt.remove("member");
        JsonPath purchase = till.calls().post("/v1/purchases", receipt, 201);
        till.refunds(purchase, 34_00);
        String member = till.member();
        claim(purchase, member);
        String cards = "/v1/members/" + member + "/stamp-cards";
        assertThat(till.calls().get(cards).getInt("data[0].stamps")).isEqualTo(2);
        till.refundsAll(purchase);
        assertThat(till.calls().get(cards).getInt("data[0].stamps")).isZero();
        assertThat(till.calls().post("/v1/purchases", receipt, 200).getString("id"))
                .as("without a member it is the same receipt")
                .isEqualTo(purchase.getString("id"));
    }

    private static final String FOR_EACH_PURCHASE =
            """
            "earning": [{"key": "each", "on": "purchase", "points": {"fixed": 50}},
                        {"key": "first", "on": "purchase", "points": {"fixed": 7}, "when": {"first_purchase": true}}],
            "referral": {"referrer_points": 500, "friend_points": 100},
            "tiers": {"basis": "purchases", "window": "lifetime", "levels": [
                {"key": "basic", "name": "Basic", "threshold": 0},
                {"key": "gold", "name": "Gold", "threshold": 1}]}
            """;

    @Test
    void ofAllOfAReceiptLeavesNothingToEarnWhenItIsClaimed() {
        till.with(FOR_EACH_PURCHASE);
        for (long amount : List.of(40_00L, 0L)) {
            String referrer = till.member();
            String friend = friendOf(referrer);
            JsonPath receipt = receipt(amount);
            till.refundsAll(receipt);
            JsonPath claimed = claim(receipt, friend);
            assertThat(claimed.getLong("points_earned")).isZero();
            assertThat(claimed.getString("member.tier.key")).isEqualTo("basic");
            assertThat(till.available(friend)).isZero();
            assertThat(till.available(referrer)).isZero();
            till.buys(friend, 10_00);
            assertThat(till.available(referrer)).as("the friend still counts").isEqualTo(500);
        }
    }

    @Test
    void aReceiptOfNothingEarnsLikeAnyOtherWhenItIsClaimed() {
        till.with(FOR_EACH_PURCHASE);
        String referrer = till.member();
        String friend = friendOf(referrer);
        JsonPath claimed = claim(receipt(0), friend);
        assertThat(claimed.getLong("points_earned")).isEqualTo(57);
        assertThat(claimed.getString("member.tier.key")).isEqualTo("gold");
        assertThat(till.available(friend)).isEqualTo(157);
        assertThat(till.available(referrer)).isEqualTo(500);
    }

    private String friendOf(String referrer) {
        String code = till.shown(referrer).getString("referral_code");
        return till.member(Map.of("external_id", "friend-of-" + code, "referral_code", code));
    }

    /** A purchase of nobody yet. */
    private JsonPath receipt(long amount) {
        Map<String, Object> receipt = Till.purchase("", amount, null);
        receipt.remove("member");
        return till.calls().post("/v1/purchases", receipt, 201);
    }

    private JsonPath claim(JsonPath receipt, String member) {
        return till.calls()
                .post(
                        "/v1/purchases/claim",
                        Map.of("claim_code", receipt.getString("claim_code"), "member", member),
                        200);
    }

    private static final String TIERS =
            """
            , "tiers": {"basis": "spend", "window": "calendar_year", "levels": [
                {"key": "basic", "name": "Basic", "threshold": 0},
                {"key": "gold", "name": "Gold", "threshold": 10000, "multiplier": 2}]}
            """;

    private static String policy(String spent) {
        return ", \"refunds\": {\"spent_points\": \"" + spent + "\"}";
    }

    private String redeem(String member, String reward) {
        return till.calls()
                .post("/v1/redemptions", Map.of("member", member, "reward", reward), 201)
                .get("id");
    }
}
