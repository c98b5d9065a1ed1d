package io.regulars.tenancy;

import static io.regulars.tenancy.TenancyService.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.testing.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final Set<String> ALL =
            Set.of("lookup", "readers", "till", "marketing", "admin");
    private static TenancyService service;
    private static TenancyService.Shop shop;

    @BeforeAll
    static void start() throws Exception {
        service = TenancyService.start();
        shop = service.shop("access@shop.example");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void withoutCredentialsTheChallengeIsAnswered() {
        service.http()
                .get("/probe/lookup")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
        service.http()
                .header("Authorization", "Basic eDp5")
                .get("/probe/lookup")
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
        service.as("rk_live_nonsense").get("/probe/lookup").then().statusCode(401);
    }

    @Test
    void eachScopeMayCallWhatTheTableSays() {
        Map<String, Set<String>> may =
                Map.of(
                        "admin", ALL,
                        "marketing", Set.of("lookup", "readers", "marketing"),
                        "pos", Set.of("lookup", "till"),
                        "read", Set.of("lookup", "readers"));
        may.forEach((scope, audiences) -> {
            String key = newKey(shop.liveKey(), scope, "live").path("secret");
            for (String audience : ALL) {
                assertThat(service.as(key).get("/probe/" + audience).statusCode())
                        .as(scope + " at " + audience)
                        .isEqualTo(audiences.contains(audience) ? 200 : 403);
            }
        });
    }

    @Test
    void aRefusalSaysWhichScopesMay() {
        String key = newKey(shop.liveKey(), "read", "live").path("secret");
        service.as(key)
                .get("/probe/marketing")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"))
                .body("detail", containsString("admin or marketing"))
                .body("allowed_scopes", equalTo(List.of("admin", "marketing")));
    }

    @Test
    void aTillDoesNotSeeContactData() {
        String pos = newKey(shop.liveKey(), "pos", "live").path("secret");
        service.as(pos).get("/probe/lookup").then().body("contact", equalTo("false"));
        service.as(shop.liveKey()).get("/probe/lookup").then().body("contact", equalTo("true"));
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        Http.Answer key = newKey(shop.liveKey(), "read", "live");
        service.as(key.path("secret")).get("/probe/lookup").then().statusCode(200);
        service.as(shop.liveKey()).delete("/v1/api-keys/" + key.path("id")).then().statusCode(204);
        service.as(key.path("secret")).get("/probe/lookup").then().statusCode(401);
        service.as(shop.liveKey()).delete("/v1/api-keys/" + key.path("id")).then().statusCode(204);
    }

    @Test
    void keysAreListedWithoutTheirSecretsPageByPage() {
        newKey(shop.liveKey(), "read", "live");
        newKey(shop.liveKey(), "pos", "test");
        Http.Answer first = service.as(shop.liveKey()).get("/v1/api-keys?limit=1");
        first.then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].scope", equalTo("pos"))
                .body("data[0].mode", equalTo("test"))
                .body("data[0].secret", nullValue());
        service.as(shop.liveKey())
                .get("/v1/api-keys?limit=1&cursor=" + first.path("next_cursor"))
                .then()
                .body("data[0].scope", equalTo("read"));
        service.as(shop.liveKey()).get("/v1/api-keys?cursor=x").then().statusCode(422);
    }

    @Test
    void aTestKeyMakesAndSeesTestKeysOnly() {
        service.as(shop.testKey())
                .body(Map.of("scope", "admin", "mode", "live"))
                .post("/v1/api-keys")
                .then()
                .statusCode(403);
        newKey(shop.testKey(), "read", null).then().body("mode", equalTo("test"));
        List<String> modes = service.as(shop.testKey()).get("/v1/api-keys").path("data.mode");
        assertThat(modes).containsOnly("test");
        String live = newKey(shop.liveKey(), "read", "live").path("id");
        service.as(shop.testKey()).delete("/v1/api-keys/" + live).then().statusCode(404);
    }

    @Test
    void keysOfAnotherShopAreNotThere() {
        TenancyService.Shop other = service.shop("other@shop.example");
        String key = newKey(other.liveKey(), "read", "live").path("id");
        service.as(shop.liveKey()).delete("/v1/api-keys/" + key).then().statusCode(404);
        service.as(shop.liveKey()).delete("/v1/api-keys/nonsense").then().statusCode(404);
        List<String> ids = service.as(shop.liveKey()).get("/v1/api-keys?limit=200").path("data.id");
        assertThat(ids).doesNotContain(key);
    }

    @Test
    void whatIsWrongWithANewKeyIsSaidWithPointers() {
        service.as(shop.liveKey())
                .body(Map.of("scope", "god", "mode", "dream"))
                .post("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/scope", "/mode")));
    }

    @Test
    void aSessionActsOnLiveDataUnlessItAsksForTest() {
        service.as(shop.session()).get("/probe/lookup").then().body("side", equalTo("live"));
        service.as(shop.session())
                .header("Regulars-Mode", "test")
                .get("/probe/lookup")
                .then()
                .body("side", equalTo("test"))
                .body("actor", containsString("usr_"));
        service.as(shop.session())
                .header("Regulars-Mode", "x")
                .get("/probe/lookup")
                .then()
                .statusCode(400);
        service.as(shop.liveKey())
                .header("Regulars-Mode", "test")
                .get("/probe/lookup")
                .then()
                .statusCode(400);
    }

    @Test
    void loggingInAndOutOpensAndEndsASession() {
        Http.Answer session = service.logIn(shop.email(), PASSWORD);
        session.then()
                .statusCode(201)
                .body("tenant.id", equalTo(shop.id().toString()))
                .body("tenant.business_name", equalTo("Cà phê Mây"));
        String token = session.path("token");
        service.as(token).get("/probe/admin").then().statusCode(200);
        service.as(token).delete("/v1/sessions/current").then().statusCode(204);
        service.as(token).get("/probe/admin").then().statusCode(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
        Http.Answer wrong = service.logIn(shop.email(), "not the password");
        Http.Answer unknown = service.logIn("nobody@shop.example", PASSWORD);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(said(unknown)).isEqualTo(said(wrong));
        Map<String, Object> foreign =
                new HashMap<>(Map.of("email", shop.email(), "password", PASSWORD));
        foreign.put("tenant", "ten_01k4wzt2q5e0t9g5w4v8c3n7ya");
        assertThat(said(service.http().body(foreign).post("/v1/sessions"))).isEqualTo(said(wrong));
    }

    @Test
    void aPasswordIsResetOnceByMailAndEndsEverySession() {
        TenancyService.Shop mine = service.shop("forgetful@shop.example");
        service.forget("Forgetful@shop.example");
        String token = service.tokenOfMail(mine.email(), 2);
        service.replacePassword(token, "short")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/password"));
        service.replacePassword(token, "another horse battery").then().statusCode(204);
        service.replacePassword(token, "a third horse battery")
                .then()
                .statusCode(422)
                .body("code", equalTo("token_invalid"));
        service.as(mine.session()).get("/probe/lookup").then().statusCode(401);
        assertThat(service.logIn(mine.email(), PASSWORD).statusCode()).isEqualTo(401);
        assertThat(service.logIn(mine.email(), "another horse battery").statusCode())
                .isEqualTo(201);
    }

    @Test
    void askingForAResetTellsNothingOfAnAddress() {
        Http.Answer known = service.forget(shop.email());
        Http.Answer unknown = service.forget("stranger@shop.example");
        assertThat(known.statusCode()).isEqualTo(202);
        assertThat(unknown.asString()).isEqualTo(known.asString());
        await().until(() ->
                service.count(
                                "select count(*) from control.account_mail where recipient = 'stranger@shop.example' and state = 'dropped'")
                        == 1);
        assertThat(service.mails("stranger@shop.example")).isZero();
    }

    @Test
    void aMailWhoseSenderWasKilledGoesOut() {
        String id = "00000000-0000-0001-0000-000000000001";
        service.databases
                .control()
                .run(handle ->
                        handle.execute(
                                """
                                insert into control.account_mail
                                       (id, template, recipient, state, due_at, lease_until, created_at)
                                values (?, 'password_reset', ?, 'sending', ?, ?, ?)
                                """,
                                UUID.fromString(id),
                                shop.email(),
                                Instant.EPOCH,
                                Instant.EPOCH,
                                Instant.EPOCH));
        String sent =
                "select count(*) from control.account_mail where state = 'sent' and id = '"
                        + id
                        + "'";
        await().until(() -> service.count(sent) == 1);
        assertThat(service.text(shop.email())).contains("/p/");
    }

    @Test
    void whatIsNotLongOverIsNotForgotten() {
        service.module.forgetStale();
        service.as(shop.session()).get("/probe/lookup").then().statusCode(200);
    }

    private static Http.Answer newKey(String by, String scope, @Nullable String mode) {
        Map<String, String> body = new HashMap<>(Map.of("scope", scope, "name", scope));
        if (mode != null) {
            body.put("mode", mode);
        }
        Http.Answer answer = service.as(by).body(body).post("/v1/api-keys");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return answer;
    }

    private static Map<String, Object> said(Http.Answer answer) {
        Map<String, Object> body = new HashMap<>(answer.jsonPath().getMap("$"));
        body.remove("request_id");
        return body;
    }
}
