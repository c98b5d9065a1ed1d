package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.tenancy.plans.Plan;
import io.regulars.tenancy.plans.Plans;
import io.regulars.testing.TempFile;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop at the end of its plan: what is refused, and what never is. */
class PlansJourney {

    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        Path plans =
                TempFile.yaml(
                        """
                        past_due_grace_days: 14
                        plans:
                          - key: free
                            name: Tiny
                            limits: {members: 2, mails_per_month: 1, requests_per_second: 4, team: 2}
                        """);
        service =
                ServiceUnderTest.start(
                        TestDatabase.create(),
                        Map.of(
                                "STRIPE_SECRET_KEY", "sk_test_none",
                                "STRIPE_WEBHOOK_SECRET", "whsec_none",
                                "STRIPE_API_BASE", "http://127.0.0.1:9",
                                "RATE_LIMIT_ADDRESS", "5",
                                "PLANS_FILE", plans.toString()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aFullPlanRefusesMembersAndColleaguesButNoPurchase() {
        Shop shop = service.signUp();
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "1"));
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "2"));
        shop.live()
                .body(Map.of("external_id", "3"))
                .post("/v1/members")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("plan_limit_reached")))
                .body(field("limit", equalTo(2)))
                .body(field("upgrade_url", containsString("/docs")));
        shop.liveCalls()
                .post(
                        "/v1/purchases",
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "1",
                                "amount",
                                10_000,
                                "member",
                                Map.of("external_id", "1")),
                        201);
        Shop.enrol(shop.testCalls(), Map.of("external_id", "3"));
        invite(shop, "one@shop.example").then().statusCode(201);
        invite(shop, "two@shop.example")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("plan_limit_reached")));
        shop.live()
                .get("/v1/tenant/usage")
                .then()
                .body(field("plan", equalTo("free")))
                .body(field("members.used", equalTo(2)))
                .body(field("members.limit", equalTo(2)))
                .body(field("mails.limit", equalTo(1)))
                .body(field("team.used", equalTo(2)))
                .body(field("requests_per_second", equalTo(4)));
    }

    @Test
    void aKeyGoneWildIsSlowedAndTheTillGoesOn() {
        Shop shop = service.signUp();
        String wild = shop.live().body(Map.of("scope", "read")).post("/v1/api-keys").path("secret");
        Response refused = null;
        for (int i = 0; i < 200 && refused == null; i++) {
            Response answer =
                    service.rawApi().header("Authorization", "Bearer " + wild).get("/v1/rewards");
            assertThat(answer.header("RateLimit-Policy")).contains("\"key\";q=60;w=20");
            assertThat(answer.header("RateLimit")).doesNotContain("r=0;t=0");
            refused = answer.statusCode() == 429 ? answer : null;
        }
        assertThat(refused).isNotNull();
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        assertThat(refused.header("RateLimit")).startsWith("\"key\";r=0;t=1");
        Response till = shop.raw().get("/v1/rewards");
        assertThat(till.statusCode()).isEqualTo(200);
        assertThat(till.header("RateLimit")).contains("\"shop\";r=");
    }

    @Test
    void strangersAndWhoeverGuessesKeysAreCountedByAddress() {
        String guessed =
                refusedOf(i ->
                        service.rawApi()
                                .header("X-Forwarded-For", "198.51.100.21")
                                .header("Authorization", "Bearer rk_live_guess" + i)
                                .get("/v1/rewards"));
        assertThat(guessed).isEqualTo("More than 5 requests a second from this address.");
        String asked =
                refusedOf(i ->
                        service.rawApi()
                                .header("X-Forwarded-For", "198.51.100.22")
                                .contentType("application/json")
                                .body(Map.of("token", "guess" + i))
                                .post("/v1/signups/verify"));
        assertThat(asked)
                .isEqualTo(
                        "More than 1 request a second that may change something, from this address.");
    }

    private static String refusedOf(IntFunction<Response> call) {
        return IntStream.range(0, 300)
                .mapToObj(call)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow()
                .path("detail");
    }

    @Test
    void aFileOverTheLimitBringsWhoFitsAndThePurchasesOfThoseWhoAreThere() {
        Shop shop = service.signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "1", "name", "Lan"));
        JsonPath members =
                Shop.imported(
                        shop.liveCalls(),
                        "kind=members",
                        "external_id,name\n1,Lan Anh\n2,Minh\n3,Hoa\n");
        assertThat(members.getInt("imported")).isEqualTo(2);
        assertThat(members.getInt("failed")).isEqualTo(1);
        shop.live()
                .accept("application/json")
                .get("/v1/imports/{id}/errors", members.getString("id"))
                .then()
                .body(field("data.code", equalTo(List.of("plan_limit_reached"))))
                .body(field("data[0].line", equalTo(4)));
        JsonPath purchases =
                Shop.imported(
                        shop.liveCalls(),
                        "kind=purchases",
                        """
                        source,order_id,member_external_id,purchased_at,amount
                        till,1,1,2026-01-01T10:00:00Z,50000
                        till,2,3,2026-01-01T10:00:00Z,50000
                        till,3,,2026-01-01T10:00:00Z,50000
                        """);
        assertThat(purchases.getInt("imported")).isEqualTo(2);
        assertThat(purchases.getInt("failed")).isEqualTo(1);
        shop.live().get("/v1/members/ext:1").then().body(field("points.available", equalTo(5)));
    }

    @Test
    void whenTheMonthIsUsedUpAdvertisingIsSkippedAndWhatMembersMustKnowGoes() {
        Shop shop = service.signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Shop.campaign(
                shop.liveCalls(),
                Map.of(
                        "name",
                        "w",
                        "kind",
                        "welcome",
                        "offer",
                        Map.of("reward", "birthday_treat")));
        for (int i = 1; i <= 2; i++) {
            Shop.enrol(
                    shop.liveCalls(),
                    Map.of("email", "m" + i + "@members.example", "consents", Shop.consent()));
            int members = i;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            shop
                                            .live()
                                            .get("/v1/messages")
                                            .<List<String>>path("data.state")
                                            .stream()
                                            .filter(state ->
                                                    !state.equals("planned")
                                                            && !state.equals("sending"))
                                            .count()
                                    == members);
        }
        shop.live()
                .get("/v1/messages")
                .then()
                .body(field("data.state", equalTo(List.of("skipped", "sent"))))
                .body(field("data[0].reason", equalTo("plan_limit")));
        shop.liveCalls()
                .post(
                        "/v1/transactional-emails",
                        Map.of(
                                "member",
                                Map.of("email", "m2@members.example"),
                                "template",
                                "notice",
                                "data",
                                Map.of("subject", "Ready", "paragraphs", List.of("Come by."))),
                        202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        shop.live().get("/v1/messages?state=sent").<List<?>>path("data").size()
                                == 2);
    }

    @Test
    void withoutBillingNobodyHasLimits() {
        Shop shop = ServiceUnderTest.shared().signUp();
        shop.live()
                .get("/v1/tenant/usage")
                .then()
                .statusCode(200)
                .body(field("plan", nullValue()))
                .body(field("members.limit", nullValue()));
    }

    private static Response invite(Shop shop, String email) {
        return shop.live().body(Map.of("email", email, "role", "viewer")).post("/v1/users");
    }

    @Test
    void theFilesOfOursCanBeRead() {
        assertThat(Plans.read("").plans())
                .extracting(Plan::key)
                .isEqualTo(List.of("free", "starter", "growth"));
    }
}
