package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the sign-up to the first points, as an integrator would go. */
class ShopOpensJourney {

    private static Shop shop;

    @BeforeAll
    static void signUp() {
        shop = ServiceUnderTest.shared().signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
    }

    @Test
    void aNewShopHasAPublishedProgramWithOnePointPerCurrencyUnit() {
        Shop fresh = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        fresh.live()
                .get("/v1/program")
                .then()
                .statusCode(200)
                .body(field("currency", equalTo("GBP")))
                .body(field("earning[0].points.per_amount", equalTo(100)));
    }

    @Test
    void whatAPurchaseLeavesOverCountsForTheNextOne() {
        String member = enrol("remainder");
        purchase("r-1", member, 125_000).body(field("points_earned", equalTo(12)));
        purchase("r-2", member, 5_000)
                .body(field("points_earned", equalTo(1)))
                .body(field("member.points.available", equalTo(13)));
    }

    @Test
    void aPurchaseExplainsItsPointsInTheMembersLanguage() {
        String member =
                Shop.enrol(shop.liveCalls(), Map.of("external_id", "english", "locale", "en"))
                        .getString("id");
        String why =
                purchase("e-1", member, 125_000).extract().as(Fields.class).get("awards[0].why");
        assertThat(why)
                .startsWith("1 điểm for every ₫10,000: ₫125,000 paid")
                .contains("kept for the next time");
    }

    @Test
    void theSamePurchaseAgainAnswers200WithTheFirstResultAndPaysOnce() {
        String member = enrol("again");
        String first =
                purchase("a-1", member, 50_000)
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        purchase("a-1", member, 50_000)
                .statusCode(200)
                .body(field("id", equalTo(first)))
                .body(field("member.points.available", equalTo(5)));
    }

    @Test
    void anotherPurchaseUnderTheSameOrderIdIsRefused() {
        String member = enrol("other");
        purchase("o-1", member, 50_000).statusCode(201);
        purchase("o-1", member, 60_000)
                .statusCode(409)
                .body(field("code", equalTo("already_recorded")));
    }

    @Test
    void anAnswerIsGivenAgainUnderItsIdempotencyKey() {
        String member = enrol("keyed");
        Map<String, Object> body =
                Map.of("source", "till", "order_id", "k-1", "member", member, "amount", 70_000);
        var first = shop.live().header("Idempotency-Key", "key-1").body(body).post("/v1/purchases");
        var second =
                shop.live().header("Idempotency-Key", "\"key-1\"").body(body).post("/v1/purchases");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(new JsonPath(second.asString()).<Map<String, Object>>get())
                .isEqualTo(new JsonPath(first.asString()).<Map<String, Object>>get());
    }

    @Test
    void aKeyUsedForAnotherBodyIsRefused() {
        String member = enrol("reused");
        shop.live()
                .header("Idempotency-Key", "key-2")
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "ru-1",
                                "member",
                                member,
                                "amount",
                                10_000))
                .post("/v1/purchases")
                .then()
                .statusCode(201);
        shop.live()
                .header("Idempotency-Key", "key-2")
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "ru-2",
                                "member",
                                member,
                                "amount",
                                10_000))
                .post("/v1/purchases")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("idempotency_key_reused")));
    }

    @Test
    void aRefusedRequestIsNotKeptUnderItsKey() {
        String member = enrol("retried");
        Map<String, Object> body =
                Map.of("source", "till", "order_id", "f-1", "member", "mem_none", "amount", 10_000);
        shop.live()
                .header("Idempotency-Key", "key-3")
                .body(body)
                .post("/v1/purchases")
                .then()
                .statusCode(422);
        shop.live()
                .header("Idempotency-Key", "key-3")
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "f-1",
                                "member",
                                member,
                                "amount",
                                10_000))
                .post("/v1/purchases")
                .then()
                .statusCode(201);
    }

    @Test
    void fiveSpellingsOfAPhoneAreOneMember() {
        String id = Shop.enrol(shop.liveCalls(), Map.of("phone", "0912 345 678")).getString("id");
        for (String spelling :
                List.of(
                        "0912345678",
                        "+84 912 345 678",
                        "84912345678",
                        "(0912) 345-678",
                        "0912.345.678")) {
            shop.live()
                    .body(Map.of("phone", spelling))
                    .post("/v1/members/search")
                    .then()
                    .statusCode(200)
                    .body(field("data", hasSize(1)))
                    .body(field("data[0].id", equalTo(id)));
        }
    }

    @Test
    void aPhoneThatTwoShareIsAmbiguousInABody() {
        Shop.enrol(shop.liveCalls(), Map.of("phone", "0987654321", "name", "Mẹ"));
        Shop.enrol(shop.liveCalls(), Map.of("phone", "0987654321", "name", "Con"));
        shop.live()
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "p-1",
                                "member",
                                Map.of("phone", "0987 654 321"),
                                "amount",
                                1))
                .post("/v1/purchases")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("member_ambiguous")));
    }

    @Test
    void anEmailInCapitalsIsTheSameMember() {
        String id =
                Shop.enrol(shop.liveCalls(), Map.of("email", "Lan.Anh@Example.COM"))
                        .getString("id");
        shop.live()
                .body(Map.of("email", "lan.anh@example.com"))
                .post("/v1/members")
                .then()
                .statusCode(409)
                .body(field("code", equalTo("member_exists")))
                .body(field("member", equalTo(id)));
    }

    @Test
    void aMemberIsFoundByTheShopsOwnNumberInThePath() {
        enrol("KH-1:2@3+4.~_-");
        shop.live()
                .get("/v1/members/ext:KH-1:2@3+4.~_-")
                .then()
                .statusCode(200)
                .body(field("external_id", equalTo("KH-1:2@3+4.~_-")));
    }

    @Test
    void aChangeOfAMemberWhoWasChangedMeanwhileIsRefused() {
        String id = enrol("etag");
        String etag = shop.live().get("/v1/members/" + id).header("ETag");
        shop.live()
                .header("If-Match", etag)
                .body(Map.of("name", "Một"))
                .patch("/v1/members/" + id)
                .then()
                .statusCode(200);
        shop.live()
                .header("If-Match", etag)
                .body(Map.of("name", "Hai"))
                .patch("/v1/members/" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void aTillSeesContactDataMaskedAndMayNotEnrol() {
        String pos =
                shop.liveCalls()
                        .post("/v1/api-keys", Map.of("scope", "pos", "name", "till"), 201)
                        .get("secret");
        Shop till =
                new Shop(
                        shop.service(),
                        shop.tenantId(),
                        shop.email(),
                        pos,
                        shop.testKey(),
                        shop.session());
        String id =
                Shop.enrol(shop.liveCalls(), Map.of("email", "hidden@example.com")).getString("id");
        till.live()
                .get("/v1/members/" + id)
                .then()
                .statusCode(200)
                .body(field("email", equalTo("h***@e***.com")));
        till.live()
                .body(Map.of("email", "new@example.com"))
                .post("/v1/members")
                .then()
                .statusCode(403)
                .body(field("code", equalTo("forbidden")));
    }

    @Test
    void theChecklistSaysWhatStillBlocksTheFirstMail() {
        Shop fresh = ServiceUnderTest.shared().signUp();
        fresh.live()
                .get("/v1/tenant/checklist")
                .then()
                .statusCode(200)
                .body(field("ready", equalTo(false)))
                .body("items.find { it.key == 'sender_identity' }.done", equalTo(true))
                .body("items.find { it.key == 'consented_member' }.done", equalTo(false))
                .body("items.find { it.key == 'active_campaign' }.done", equalTo(false));
    }

    @Test
    void aHistoryImportedAfterTheFirstOwnProgramEarnsUnderThatOne() {
        Shop fresh = ServiceUnderTest.shared().signUp();
        Shop.publish(fresh.liveCalls(), Shop.program("VND", 10_000));
        String member = Shop.enrol(fresh.liveCalls(), Map.of("external_id", "old")).getString("id");
        fresh.live()
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "h-1",
                                "member",
                                member,
                                "amount",
                                25_000,
                                "purchased_at",
                                "2020-05-05T10:00:00Z"))
                .post("/v1/purchases")
                .then()
                .statusCode(201)
                .body(field("points_earned", equalTo(2)));
    }

    @Test
    void aCampaignIsActivatedUnderAnIdempotencyKeyToo() {
        String id =
                shop.live()
                        .body(Map.of("name", "Keyed", "kind", "birthday"))
                        .header("Idempotency-Key", "make")
                        .post("/v1/campaigns")
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        for (int i = 0; i < 2; i++) {
            shop.live()
                    .header("Idempotency-Key", "activate")
                    .post("/v1/campaigns/" + id + "/activate")
                    .then()
                    .statusCode(200)
                    .body(field("state", equalTo("active")));
        }
    }

    private static String enrol(String externalId) {
        return Shop.enrol(shop.liveCalls(), Map.of("external_id", externalId)).getString("id");
    }

    private static io.restassured.response.ValidatableResponse purchase(
            String order, String member, long amount) {
        return shop.live()
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                order,
                                "member",
                                member,
                                "amount",
                                amount))
                .post("/v1/purchases")
                .then();
    }
}
