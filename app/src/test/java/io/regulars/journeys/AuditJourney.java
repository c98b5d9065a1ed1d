package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Shelf;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every change leaves its trace, with who did it. */
class AuditJourney {

    private static Shop shop;

    @BeforeAll
    static void aShop() {
        shop = ServiceUnderTest.shared().signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
    }

    @Test
    void whatChangedInControlAndInTheShopIsOneListNewestFirst() {
        Shop.birthdayCampaign(shop.liveCalls(), Map.of("at", "09:00"));
        shop.liveCalls().patch("/v1/tenant", Map.of("website", "https://shop.example"));
        String key = shop.live().body(Map.of("scope", "read")).post("/v1/api-keys").path("id");
        JsonPath log = shop.liveCalls().get("/v1/audit-log");
        assertThat(log.getList("data.action", String.class))
                .containsSubsequence(
                        "api_key.created",
                        "tenant.changed",
                        "campaign.active",
                        "campaign.created",
                        "program.published",
                        "program.draft_changed");
        assertThat(log.getString("data[0].target")).isEqualTo(key);
        assertThat(log.getString("data[0].actor")).startsWith("key_");
        assertThat(log.getString("data.find { it.action == 'tenant.changed' }.after.profile"))
                .contains("https://shop.example");
        assertThat(log.getString("data.find { it.action == 'campaign.active' }.before.state"))
                .isEqualToIgnoringCase("draft");
        assertThat(pages(2)).isEqualTo(log.getList("data.id", String.class));
    }

    @Test
    void ofMembersOnlyTheNamesOfFieldsAreKept() {
        JsonPath member =
                Shop.enrol(
                        shop.liveCalls(),
                        Map.of("email", "lan@members.example", "name", "Lan Phạm"));
        shop.liveCalls()
                .patch(
                        "/v1/members/" + member.getString("id"),
                        Map.of("name", "Lan Nguyễn", "email", "lan.n@members.example"));
        String log =
                shop.live()
                        .get("/v1/audit-log?limit=2")
                        .then()
                        .body(field("data[0].action", equalTo("member.changed")))
                        .body(field("data[0].target", equalTo(member.getString("id"))))
                        .extract()
                        .asString();
        assertThat(log)
                .contains("\"name\"", "\"email\"")
                .doesNotContain("Nguyễn", "Phạm", "members.example");
    }

    @Test
    void whatAMemberSpendsAndAFileBringsIsThereWithWhoeverDidIt() {
        Shop own = shop.service().signUp();
        sellsCoffee(own);
        String member = Shop.enrol(own.liveCalls(), Map.of("external_id", "lan")).getString("id");
        own.liveCalls()
                .post(
                        "/v1/members/ext:lan/adjustments",
                        Map.of("points", 20, "reason", "gift"),
                        201);
        JsonPath redeemed = redeem(own, Map.of("hold", true));
        own.liveCalls().post("/v1/redemptions/" + redeemed.getString("id") + "/commit", 200);
        Map<String, Object> use =
                Shelf.use(
                        redeemed.getString("voucher.code"),
                        "1",
                        Map.of("amount", 50_000, "lines", List.of(coffee())));
        own.liveCalls().post("/v1/vouchers/redeem", use, 200);
        own.liveCalls()
                .post(
                        "/v1/vouchers/rollback",
                        Map.of(
                                "code",
                                redeemed.getString("voucher.code"),
                                "source",
                                "till",
                                "order_id",
                                "1"),
                        200);
        own.liveCalls().post("/v1/redemptions/" + redeemed.getString("id") + "/cancel", 200);
        files(own);
        JsonPath log = own.live().get("/v1/audit-log").as(Fields.class);
        assertThat(log.getList("data.action", String.class))
                .startsWith(
                        "import.started",
                        "export.requested",
                        "voucher_batch.requested",
                        "redemption.cancelled",
                        "voucher.rolled_back",
                        "voucher.used",
                        "redemption.committed",
                        "redemption.created");
        assertThat(log.getList("data.actor", String.class).subList(0, 8))
                .allMatch(actor -> actor.startsWith("key_"));
        assertThat(log.getMap("data[6].before")).isEqualTo(Map.of("status", "held"));
        assertThat(log.getMap("data[6].after")).isEqualTo(Map.of("status", "issued"));
        assertThat(log.getString("data[7].after.member")).isEqualTo(member);
    }

    private static void sellsCoffee(Shop own) {
        Shop.publish(
                own.liveCalls(),
                Shop.program(
                        "VND",
                        10_000,
                        Map.of(
                                "rewards",
                                List.of(
                                        Map.of(
                                                "key", "coffee",
                                                "name", "Coffee",
                                                "kind", "free_product",
                                                "sku", "COFFEE",
                                                "cost_points", 5)))));
    }

    private static void files(Shop own) {
        own.liveCalls().post("/v1/vouchers/batch", Map.of("reward", "coffee", "count", 1), 202);
        own.liveCalls().post("/v1/exports?kind=members", 202);
        own.csv()
                .body("external_id\nminh\n")
                .post("/v1/imports?kind=members")
                .then()
                .statusCode(202);
    }

    private static Map<String, Object> coffee() {
        return Map.of("sku", "COFFEE", "category", "coffee", "quantity", 1, "amount", 50_000);
    }

    private static JsonPath redeem(Shop of, Map<String, Object> more) {
        Map<String, Object> wish = new HashMap<>(more);
        wish.putAll(Map.of("member", Map.of("external_id", "lan"), "reward", "coffee"));
        return of.liveCalls().post("/v1/redemptions", wish, 201);
    }

    @Test
    void whatMembersChangeThemselvesIsThereInTheirOwnName() {
        String member =
                Shop.enrol(
                                shop.liveCalls(),
                                Map.of(
                                        "email", "self@members.example",
                                        "name", "Before",
                                        "consents", Shop.consent()))
                        .getString("id");
        String card = shop.live().post("/v1/members/" + member + "/card-links").path("card_url");
        shop.service()
                .rawApiUnchecked()
                .contentType("application/x-www-form-urlencoded")
                .formParam("action", "correct")
                .formParam("name", "After")
                .post(URI.create(card).getPath())
                .then()
                .statusCode(200);
        JsonPath entry = shop.live().get("/v1/audit-log?limit=1").as(Fields.class);
        assertThat(entry.getString("data[0].action")).isEqualTo("member.changed");
        assertThat(entry.getString("data[0].actor")).isEqualTo(member);
        assertThat(entry.getList("data[0].after.fields", String.class)).contains("name");
    }

    @Test
    void whatWasRefusedIsNotThereAndNothingOfItIsInTheFeed() {
        int before = shop.live().get("/v1/audit-log?limit=200").path("data.size()");
        shop.liveCalls().post("/v1/api-keys", Map.of("scope", "god"), 422);
        assertThat(shop.live().get("/v1/audit-log?limit=200").<Integer>path("data.size()"))
                .isEqualTo(before);
        assertThat(shop.live().get("/v1/events?limit=200").<List<String>>path("data.type"))
                .noneMatch(type -> type.startsWith("audit."));
        shop.raw().get("/v1/events?type=audit.member.created").then().statusCode(422);
    }

    @Test
    void whoeverIsLoggedInIsNamed() {
        shop.service()
                .api()
                .header("Authorization", "Bearer " + shop.session())
                .contentType("application/json")
                .body(Map.of("email", "new@shop.example", "role", "viewer"))
                .post("/v1/users")
                .then()
                .statusCode(201);
        shop.live()
                .get("/v1/audit-log?limit=1")
                .then()
                .body(field("data[0].action", equalTo("user.invited")))
                .body(field("data[0].actor", startsWith("usr_")));
    }

    private static List<String> pages(int limit) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            JsonPath page =
                    shop.live()
                            .get(
                                    "/v1/audit-log?limit="
                                            + limit
                                            + (cursor == null ? "" : "&cursor=" + cursor))
                            .as(Fields.class);
            ids.addAll(page.getList("data.id", String.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return ids;
    }
}
