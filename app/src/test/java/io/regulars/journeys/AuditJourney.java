package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
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
        Shop.publish(shop.live(), shop.live(), Shop.program("VND", 10_000));
    }

    @Test
    void whatChangedInControlAndInTheShopIsOneListNewestFirst() {
        Shop.birthdayCampaign(shop.live(), shop.live(), Map.of("at", "09:00"));
        shop.live()
                .body(Map.of("website", "https://shop.example"))
                .patch("/v1/tenant")
                .then()
                .statusCode(200);
        String key = shop.live().body(Map.of("scope", "read")).post("/v1/api-keys").path("id");
        JsonPath log = shop.live().get("/v1/audit-log").then().statusCode(200).extract().jsonPath();
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
                Shop.enrol(shop.live(), Map.of("email", "lan@members.example", "name", "Lan Phạm"));
        shop.live()
                .body(Map.of("name", "Lan Nguyễn", "email", "lan.n@members.example"))
                .patch("/v1/members/" + member.getString("id"))
                .then()
                .statusCode(200);
        String log =
                shop.live()
                        .get("/v1/audit-log?limit=2")
                        .then()
                        .body("data[0].action", equalTo("member.changed"))
                        .body("data[0].target", equalTo(member.getString("id")))
                        .extract()
                        .asString();
        assertThat(log)
                .contains("\"name\"", "\"email\"")
                .doesNotContain("Nguyễn", "Phạm", "members.example");
    }

    @Test
    void whatWasRefusedIsNotThereAndNothingOfItIsInTheFeed() {
        int before = shop.live().get("/v1/audit-log?limit=200").path("data.size()");
        shop.live().body(Map.of("scope", "god")).post("/v1/api-keys").then().statusCode(422);
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
                .body("data[0].action", equalTo("user.invited"))
                .body("data[0].actor", startsWith("usr_"));
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
                            .jsonPath();
            ids.addAll(page.getList("data.id", String.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);
        return ids;
    }
}
