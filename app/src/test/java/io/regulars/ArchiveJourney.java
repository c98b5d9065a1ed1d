package io.regulars;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.testing.Fields;
import io.regulars.testing.TakesLong;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop goes into a file, comes out as another shop, and answers as before; and its end. */
@TakesLong
class ArchiveJourney {

    /** What belongs to the service and not to the shop's data. */
    private static final Set<String> OF_THE_SERVICE =
            Set.of(
                    "/v1/openapi.json",
                    "/v1/tenant",
                    "/v1/tenant/usage",
                    "/v1/api-keys",
                    "/v1/users",
                    "/v1/audit-log",
                    "/v1/billing/subscription",
                    "/v1/test-clock");

    private static ServiceUnderTest service;
    private static Shop shop;
    private static String member;

    @BeforeAll
    static void aShopWithALife() {
        service = ServiceUnderTest.shared();
        shop = service.signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Shop.birthdayCampaign(shop.liveCalls(), Map.of("at", "09:00"));
        member =
                Shop.enrol(
                                shop.liveCalls(),
                                Map.of(
                                        "external_id", "lan",
                                        "email", "lan@members.example",
                                        "name", "Lan \t\\ \"Phạm\"\n☕",
                                        "consents", Shop.consent()))
                        .getString("id");
        for (int order = 1; order <= 3; order++) {
            shop.liveCalls()
                    .post(
                            "/v1/purchases",
                            Map.of(
                                    "source",
                                    "till",
                                    "order_id",
                                    Integer.toString(order),
                                    "amount",
                                    50_000 * order,
                                    "member",
                                    Map.of("id", member)),
                            201);
        }
        Shop.enrol(shop.testCalls(), Map.of("external_id", "tester"));
    }

    @Test
    void everyAnswerOfTheRestoredShopIsAsBefore() {
        Shop twin = Archives.twin(shop, "new-owner@shop.example");
        assertThat(answers(twin, twin.liveKey())).isEqualTo(answers(shop, shop.liveKey()));
        assertThat(answers(twin, twin.testKey())).isEqualTo(answers(shop, shop.testKey()));
        twin.live()
                .body(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "4",
                                "amount",
                                10_000,
                                "member",
                                Map.of("external_id", "lan")))
                .post("/v1/purchases")
                .then()
                .statusCode(201)
                .body(field("points_earned", equalTo(1)));
    }

    private static Map<String, String> answers(Shop of, String key) {
        Map<String, Map<String, Object>> paths =
                service.rawApi().get("/v1/openapi.json").as(Fields.class).getMap("paths");
        Map<String, String> answers = new TreeMap<>();
        paths.forEach((path, operations) -> {
            boolean ofOneMember = path.startsWith("/v1/members/{id}");
            if (operations.containsKey("get")
                    && path.startsWith("/v1/")
                    && (ofOneMember || !path.contains("{"))
                    && !OF_THE_SERVICE.contains(path)) {
                String url = ofOneMember ? path.replace("{id}", "ext:lan") : path;
                answers.put(
                        path,
                        service.rawApiUnchecked()
                                .header("Authorization", "Bearer " + key)
                                .get(url)
                                .asString()
                                // Links of a member name the shop, and this is another one.
                                .replaceAll(
                                        "\"(request_id|exported_at|card_url|referral_url)\":\"[^\"]*\"",
                                        ""));
            }
        });
        assertThat(answers).hasSizeGreaterThan(12);
        assertThat(answers.get("/v1/members"))
                .contains(of.testKey().equals(key) ? "tester" : "lan");
        return answers;
    }

    @Test
    void theTestSideBeginsAnewAndTheLiveSideStays() {
        Shop own = service.signUp();
        Shop.enrol(own.testCalls(), Map.of("external_id", "t"));
        Shop.enrol(own.liveCalls(), Map.of("external_id", "l"));
        own.test().delete("/v1/test-data").then().statusCode(204);
        assertThat(own.test().get("/v1/members").<List<?>>path("data")).isEmpty();
        assertThat(own.live().get("/v1/members").<List<?>>path("data")).hasSize(1);
        Shop.enrol(own.testCalls(), Map.of("external_id", "t"));
    }

    @Test
    void aProgramThatWasTriedOutBecomesTheLiveDraft() {
        Shop own = service.signUp();
        own.liveCalls().post("/v1/program/draft/from-test", 409);
        Shop.publish(own.testCalls(), Shop.program("VND", 777));
        own.liveCalls().post("/v1/program/draft/from-test", 200);
        own.live()
                .get("/v1/program/draft")
                .then()
                .body(field("earning[0].points.per_amount", equalTo(777)));
        own.testCalls().post("/v1/program/draft/from-test", 403);
    }

    @Test
    void aShopIsDeletedOnlyWhenItsOwnerSaysSoTwiceAndMayBeKept() {
        Shop own = service.signUp();
        own.live().delete("/v1/tenant").then().statusCode(422);
        own.live()
                .delete("/v1/tenant?confirm=" + own.tenantId())
                .then()
                .statusCode(202)
                .body(field("deletion_due_at", notNullValue()));
        JsonPath shown = own.live().get("/v1/tenant").as(Fields.class);
        assertThat(shown.getString("deletion_due_at")).isNotNull();
        assertThat(shown.getBoolean("sending_stopped")).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        service.rawApi()
                                        .queryParam("to", own.email())
                                        .get("/inbox/messages")
                                        .as(Fields.class)
                                        .getList("data")
                                        .size()
                                == 2);
        own.liveCalls().post("/v1/tenant/keep", 200);
        own.live().get("/v1/tenant").then().body(field("deletion_due_at", nullValue()));
    }
}
