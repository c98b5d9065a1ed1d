package io.regulars.loyalty.rewards;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.Shop;
import io.regulars.loyalty.Shelf;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.regulars.testing.TestClock;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What points buy, and what it is worth at the till. */
class RewardsTest extends ShelfAddsUp {

    @Test
    void aRedemptionTakesThePointsAtOnceAndItsCancelGivesThemBack() {
        String member = Shelf.member(shop.liveCalls(), 150);
        JsonPath redemption =
                Shelf.redeem(shop.live(), member, "five_off")
                        .statusCode(201)
                        .body(field("id", startsWith("rdm_")))
                        .body(field("status", equalTo("issued")))
                        .body(field("points", equalTo(100)))
                        .body(field("voucher.code", notNullValue()))
                        .extract()
                        .as(Fields.class);
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(50);
        String cancel = "/v1/redemptions/" + redemption.getString("id") + "/cancel";
        shop.live().post(cancel).then().statusCode(200).body(field("status", equalTo("cancelled")));
        shop.live().post(cancel).then().statusCode(200).body(field("status", equalTo("cancelled")));
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(150);
        validate(redemption.getString("voucher.code"), Shelf.basket())
                .body(field("valid", equalTo(false)))
                .body(field("reason", equalTo("voucher_cancelled")));
    }

    @Test
    void pointsFromATillWhoseClockIsAheadCanBeSpentAtOnce() {
        String member = Shelf.member(shop.liveCalls());
        shop.live()
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "ahead",
                                "amount",
                                10_000,
                                "member",
                                Map.of("id", member),
                                "purchased_at",
                                TestClock.CLOCK.now().plus(Duration.ofMinutes(2)).toString()))
                .post("/v1/purchases")
                .then()
                .statusCode(201)
                .body(field("awards[0].status", equalTo("available")));
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(100);
        Shelf.redeem(shop.live(), member, "five_off").statusCode(201);
    }

    @Test
    void whoHasTooFewPointsIsToldHowManyAreMissing() {
        String member = Shelf.member(shop.liveCalls(), 30);
        Shelf.redeem(shop.live(), member, "five_off")
                .statusCode(422)
                .body(field("code", equalTo("not_enough_points")))
                .body(field("required", equalTo(100)))
                .body(field("available", equalTo(30)))
                .body(field("missing", equalTo(70)));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "granted, not_redeemable, not_redeemable",
        "vips, tier_too_low, tier_too_low",
        "nothing, validation_failed, unknown_reward"
    })
    void aRewardThatCannotBeHadIsRefusedWithTheReason(String reward, String code, String field) {
        String member = Shelf.member(shop.liveCalls(), 30);
        Shelf.redeem(shop.live(), member, reward)
                .statusCode(422)
                .body(field("code", equalTo(code)))
                .body(field("errors[0].pointer", equalTo("/reward")))
                .body(field("errors[0].code", equalTo(field)));
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(30);
    }

    @Test
    void theCatalogueSaysWhatAMemberCanAffordAndWhatElseIsInTheWay() {
        String member = Shelf.member(shop.testCalls(), 30);
        shop.test()
                .get("/v1/rewards")
                .then()
                .statusCode(200)
                .body(field("data[0].affordable", nullValue()));
        Shelf.redeem(shop.test(), member, "seat").statusCode(201);
        shop.test()
                .queryParam("member", member)
                .get("/v1/rewards")
                .then()
                .statusCode(200)
                .body("data.find { it.key == 'five_off' }.affordable", equalTo(false))
                .body("data.find { it.key == 'five_off' }.missing", equalTo(80))
                .body("data.find { it.key == 'coffee' }.affordable", equalTo(true))
                .body("data.find { it.key == 'coffee' }.locked_by.size()", equalTo(0))
                .body("data.find { it.key == 'seat' }.stock_left", equalTo(0))
                .body("data.find { it.key == 'seat' }.locked_by", contains("sold_out"))
                .body("data.find { it.key == 'vips' }.locked_by", contains("tier_too_low"))
                .body("data.find { it.key == 'granted' }.locked_by", hasItem("not_redeemable"));
        Shelf.redeem(shop.test(), member, "seat")
                .statusCode(422)
                .body(field("code", equalTo("sold_out")));
        Shop.enrol(shop.testCalls(), Map.of("external_id", "till-17"));
        shop.test()
                .queryParam("member", "ext:till-17")
                .get("/v1/rewards")
                .then()
                .body("data.find { it.key == 'five_off' }.missing", equalTo(100));
        shop.test()
                .queryParam("member", "ext:nobody")
                .get("/v1/rewards")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_not_found")))
                .body(field("errors[0].pointer", equalTo("?member")));
    }

    @Test
    void aHeldCodeCanBeUsedAfterItsCommitOnly() {
        String member = Shelf.member(shop.liveCalls(), 30);
        JsonPath held = hold(member, "fifteen", 10);
        assertThat(Shelf.available(shop.liveCalls(), member)).isEqualTo(20);
        validate(held.getString("voucher.code"), Shelf.basket())
                .body(field("reason", equalTo("voucher_held")));
        String commit = "/v1/redemptions/" + held.getString("id") + "/commit";
        shop.live().post(commit).then().statusCode(200).body(field("status", equalTo("issued")));
        shop.live().post(commit).then().statusCode(200).body(field("status", equalTo("issued")));
        validate(held.getString("voucher.code"), Shelf.basket())
                .body(field("valid", equalTo(true)));
    }

    @ParameterizedTest(name = "{0} takes {1} off")
    @CsvSource({"five_off, 500, 0", "fifteen, 150, 0", "coffee, 450, 1", "shipping, 0, 0"})
    void eachKindGivesItsDiscount(String reward, int amount, int freeItems) {
        String code = code(reward);
        validate(code, Shelf.basket())
                .body(field("valid", equalTo(true)))
                .body(field("discount.amount", equalTo(amount)))
                .body("discount.free_items.size()", equalTo(freeItems));
    }

    @Test
    void percentAreCutToWholeUnitsAndAmountsToTheBasket() {
        validate(code("fifteen"), basket(999, "CAKE")).body(field("discount.amount", equalTo(149)));
        validate(code("five_off"), basket(300, "CAKE"))
                .body(field("discount.amount", equalTo(300)));
    }

    @Test
    void aBasketThatDoesNotDoIsRefusedWithTheReason() {
        String coffee = code("coffee");
        validate(coffee, basket(1000, "CAKE"))
                .body(field("reason", equalTo("product_not_in_basket")));
        validate(coffee, basket(1000, "COFFEE"))
                .body(field("reason", equalTo("min_other_items")))
                .body(field("required", equalTo(1)))
                .body(field("available", equalTo(0)));
        validate(coffee, basket(499, "COFFEE"))
                .body(field("reason", equalTo("min_basket")))
                .body(field("required", equalTo(500)))
                .body(field("available", equalTo(499)));
        validate("NOSUCHCODE22", Shelf.basket()).body(field("reason", equalTo("unknown_code")));
        use(coffee, "small", basket(499, "COFFEE"))
                .statusCode(422)
                .body(field("reason", equalTo("min_basket")))
                .body(field("required", equalTo(500)))
                .body(field("available", equalTo(499)));
    }

    @Test
    void aBasketWhoseLinesComeToMoreThanItIsRefusedLikeSuchAPurchase() {
        Map<String, Object> basket =
                Map.of("amount", 1_000, "lines", List.of(Map.of("sku", "CAKE", "amount", 1_001)));
        Map<String, Object> body = new HashMap<>(Map.of("code", code("fifteen"), "basket", basket));
        refusedForItsLines("/v1/vouchers/validate", body);
        body.put("source", "till");
        body.put("order_id", "lines");
        refusedForItsLines("/v1/vouchers/redeem", body);
    }

    private static void refusedForItsLines(String path, Map<String, Object> body) {
        shop.live()
                .body(body)
                .post(path)
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("lines_exceed_amount")))
                .body(field("errors[0].pointer", equalTo("/basket/lines")));
    }

    @Test
    void anotherMembersVoucherDoesNotHold() {
        Map<String, Object> body = new HashMap<>();
        body.put("code", code("fifteen"));
        body.put("member", Shelf.member(shop.liveCalls()));
        body.put("basket", Shelf.basket());
        shop.live()
                .body(body)
                .post("/v1/vouchers/validate")
                .then()
                .body(field("reason", equalTo("other_member")));
    }

    @Test
    void aVoucherThatHoldsIsSeenHoweverManyNewerOnesAreOver() {
        String member = Shelf.member(shop.liveCalls(), 30);
        String held = redeemed(member).getString("voucher.code");
        for (int i = 0; i < 51; i++) {
            String id = redeemed(member).getString("id");
            shop.liveCalls().post("/v1/redemptions/" + id + "/cancel", 200);
        }
        shop.live()
                .queryParam("state", "issued")
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .statusCode(200)
                .body(field("data.code", contains(held)));
        shop.live()
                .queryParam("state", "cancelled")
                .queryParam("limit", 200)
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .body("data.size()", equalTo(51));
        shop.live()
                .queryParam("state", "lost")
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("?state")));
        String card = shop.liveCalls().get("/v1/members/" + member).getString("card_url");
        assertThat(new Browser(shop.service(), "en").get(URI.create(card).getPath()).asString())
                .contains(held.substring(0, 4) + "-" + held.substring(4, 8));
    }

    private static JsonPath redeemed(String member) {
        return Shelf.redeem(shop.live(), member, "shipping")
                .statusCode(201)
                .extract()
                .as(Fields.class);
    }

    @Test
    void codesAreReadWithDashesBlanksAndSmallLetters() {
        String code = code("fifteen");
        String typed =
                " " + code.substring(0, 4) + "-" + code.substring(4).toLowerCase(Locale.ROOT);
        validate(typed, Shelf.basket()).body(field("valid", equalTo(true)));
        assertThat(code).matches("[2-9A-HJKMNP-Z]{12}");
    }

    @Test
    void anOrderThatRepeatsItsRedemptionHearsTheFirstAnswerAndAnotherOneARefusal() {
        String code = code("fifteen");
        use(code, "first").statusCode(200).body(field("discount.amount", equalTo(150)));
        use(code, "first").statusCode(200).body(field("discount.amount", equalTo(150)));
        // Another basket is another use, also where it would give the same.
        for (Map<String, Object> other : List.of(basket(20_00, "TEA"), basket(1_000, "TEA"))) {
            use(code, "first", other)
                    .statusCode(409)
                    .body(field("code", equalTo("already_recorded")));
        }
        use(code, "second").statusCode(422).body(field("code", equalTo("voucher_used")));
        rollback(code, "second").statusCode(422).body(field("code", equalTo("voucher_used")));
        rollback(code, "first").statusCode(200).body(field("status", equalTo("issued")));
        rollback(code, "first").statusCode(200).body(field("status", equalTo("issued")));
        use(code, "second").statusCode(200).body(field("status", equalTo("used")));
    }

    @Test
    void aUsedRewardIsNotCancelled() {
        String member = Shelf.member(shop.liveCalls(), 30);
        JsonPath redemption =
                Shelf.redeem(shop.live(), member, "fifteen")
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        use(redemption.getString("voucher.code"), "spent").statusCode(200);
        shop.live()
                .post("/v1/redemptions/" + redemption.getString("id") + "/cancel")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("voucher_used")));
        shop.live()
                .get("/v1/members/" + member + "/vouchers")
                .then()
                .body(field("data[0].state", equalTo("used")));
    }

    @Test
    void theCodesPictureIsThereForWhoKnowsItsAddressOnly() {
        String member = Shelf.member(shop.liveCalls(), 30);
        String url =
                Shelf.redeem(shop.live(), member, "fifteen")
                        .extract()
                        .as(Fields.class)
                        .get("voucher.qr_url");
        String path = url.substring(url.indexOf("/q/"));
        String svg =
                shop.service()
                        .rawApi()
                        .get(path)
                        .then()
                        .statusCode(200)
                        .contentType(startsWith("image/svg+xml"))
                        .header("Cache-Control", "private, max-age=31536000, immutable")
                        .extract()
                        .asString();
        assertThat(svg).startsWith("<svg").contains("h1v1h-1z");
        shop.service().rawApi().get(path + "A").then().statusCode(404);
    }

    @Test
    void aBatchOfCodesIsAFileWhoseCodesAreUsedOnceByAnybody() {
        String id =
                shop.liveCalls()
                        .post(
                                "/v1/vouchers/batch",
                                Map.of(
                                        "reward",
                                        "granted",
                                        "count",
                                        6_001,
                                        "pattern",
                                        "SUMMER-####-####",
                                        "expires_at",
                                        "2199-01-01T00:00:00Z"),
                                202)
                        .get("id");
        String url = Shop.exported(shop.liveCalls(), id);
        List<String> lines =
                Arrays.asList(
                        shop.raw()
                                .get(url)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString()
                                .split("\r\n", -1));
        assertThat(lines).hasSize(6_003);
        List<String> codes =
                lines.subList(1, 6_002).stream().map(line -> line.split(",", -1)[1]).toList();
        assertThat(codes)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("SUMMER-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}"));
        use(codes.getLast(), "batched")
                .statusCode(200)
                .body(field("discount.amount", equalTo(200)));
        use(codes.getLast(), "again").statusCode(422).body(field("code", equalTo("voucher_used")));
        shop.liveCalls()
                .post(
                        "/v1/vouchers/batch",
                        Map.of("reward", "granted", "count", 9, "pattern", "FEW-####"),
                        202);
        shop.live()
                .body(Map.of("reward", "granted", "count", 10, "pattern", "FEW-####"))
                .post("/v1/vouchers/batch")
                .then()
                .statusCode(422)
                .body(field("errors.pointer", contains("/pattern")));
        shop.live()
                .body(Map.of("reward", "granted", "count", 100_001, "pattern", "SHORT-###"))
                .post("/v1/vouchers/batch")
                .then()
                .statusCode(422)
                .body(field("errors.pointer", contains("/count", "/pattern")));
    }

    private static String code(String reward) {
        String member = Shelf.member(shop.liveCalls(), 100);
        return Shelf.redeem(shop.live(), member, reward)
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("voucher.code");
    }

    private static Map<String, Object> basket(int amount, String sku) {
        return Map.of("amount", amount, "lines", List.of(Map.of("sku", sku, "amount", amount)));
    }

    private static ValidatableResponse validate(String code, Map<String, Object> basket) {
        return shop.live()
                .body(Map.of("code", code, "basket", basket))
                .post("/v1/vouchers/validate")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse use(String code, String order) {
        return use(code, order, Shelf.basket());
    }

    private static ValidatableResponse use(String code, String order, Map<String, Object> basket) {
        return shop.live().body(Shelf.use(code, order, basket)).post("/v1/vouchers/redeem").then();
    }

    private static ValidatableResponse rollback(String code, String order) {
        return shop.live()
                .body(Map.of("code", code, "source", "till", "order_id", order))
                .post("/v1/vouchers/rollback")
                .then();
    }

    private static JsonPath hold(String member, String reward, int minutes) {
        return shop.live()
                .body(
                        Map.of(
                                "member",
                                member,
                                "reward",
                                reward,
                                "hold",
                                true,
                                "hold_minutes",
                                minutes))
                .post("/v1/redemptions")
                .then()
                .statusCode(201)
                .body(field("status", equalTo("held")))
                .extract()
                .as(Fields.class);
    }
}
