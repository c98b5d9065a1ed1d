package io.regulars.tenancy;

import static io.regulars.tenancy.TenancyService.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.regulars.testing.TestClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People, their roles, sessions and addresses, and keys that are replaced. */
class UsersTest {

    private static TenancyService service;
    private static TenancyService.Shop shop;

    @BeforeAll
    static void start() throws Exception {
        service = TenancyService.start();
        shop = service.shop("lan@team.example");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void somebodyNewChoosesAPasswordAndIsInTheTeam() {
        invite(shop.session(), "Minh@team.example", "marketer")
                .then()
                .statusCode(201)
                .body("status", equalTo("invited"))
                .body("email", equalTo("minh@team.example"));
        String token = service.tokenOfMail("minh@team.example", 1);
        accept(token, null).then().statusCode(422).body("errors[0].pointer", equalTo("/password"));
        Http.Answer joined = accept(token, "a horse of my own");
        joined.then().statusCode(201).body("role", equalTo("marketer"));
        String session = joined.path("session.token");
        assertThat(service.as(session).get("/probe/marketing").statusCode()).isEqualTo(200);
        assertThat(service.as(session).get("/probe/admin").statusCode()).isEqualTo(403);
        accept(token, "a horse of my own").then().statusCode(422);
        service.as(shop.liveKey())
                .get("/v1/users")
                .then()
                .body("data.email", hasItems("minh@team.example", "lan@team.example"))
                .body("data.find { it.email == 'minh@team.example' }.status", equalTo("active"));
        invite(shop.session(), "minh@team.example", "viewer")
                .then()
                .statusCode(409)
                .body("code", equalTo("already_member"));
    }

    @Test
    void theTestSideInvitesNobodyToTheLiveShop() {
        invite(shop.testKey(), "thief@team.example", "owner")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        service.as(shop.session())
                .header("Regulars-Mode", "test")
                .body(Map.of("email", "thief@team.example", "role", "owner"))
                .post("/v1/users")
                .then()
                .statusCode(403);
    }

    @Test
    void nobodyIsInvitedAgainAndAgainWithinAnHour() {
        String last = "";
        for (int i = 1; i <= 5; i++) {
            invite(shop.session(), "bored@team.example", "viewer").then().statusCode(201);
            last = service.tokenOfMail("bored@team.example", i);
        }
        invite(shop.session(), "bored@team.example", "viewer")
                .then()
                .statusCode(429)
                .body("code", equalTo("too_many_requests"));
        accept(last, "a horse of my own").then().statusCode(201);
    }

    @Test
    void somebodyWithAnAccountKeepsTheirPasswordAndGetsNoSession() {
        TenancyService.Shop other = service.shop("hoa@team.example");
        invite(shop.session(), other.email(), "cashier").then().statusCode(201);
        accept(service.tokenOfMail(other.email(), 2), null)
                .then()
                .statusCode(201)
                .body("session", nullValue());
        Map<String, String> login =
                Map.of(
                        "email",
                        other.email(),
                        "password",
                        PASSWORD,
                        "tenant",
                        shop.id().toString());
        service.http().body(login).post("/v1/sessions").then().statusCode(201);
    }

    @Test
    void aWithdrawnInvitationIsVoid() {
        String id = invite(shop.session(), "gone@team.example", "viewer").path("id");
        String token = service.tokenOfMail("gone@team.example", 1);
        service.as(shop.liveKey())
                .body(Map.of("role", "cashier"))
                .patch("/v1/users/" + id)
                .then()
                .statusCode(200)
                .body("role", equalTo("cashier"));
        service.as(shop.liveKey()).delete("/v1/users/" + id).then().statusCode(204);
        service.as(shop.liveKey()).delete("/v1/users/" + id).then().statusCode(404);
        accept(token, "a horse of my own").then().statusCode(422);
    }

    @Test
    void aRoleHoldsFromTheNextRequestOnAndWhoIsSentAwayIsOutAtOnce() {
        String session = colleague("role@team.example", "viewer");
        String user = userId("role@team.example");
        assertThat(service.as(session).get("/probe/till").statusCode()).isEqualTo(403);
        String tag =
                service.as(shop.session())
                        .body(Map.of("role", "cashier"))
                        .patch("/v1/users/" + user)
                        .then()
                        .statusCode(200)
                        .header("ETag");
        service.as(shop.session())
                .header("If-Match", "\"1\"")
                .body(Map.of("role", "owner"))
                .patch("/v1/users/" + user)
                .then()
                .statusCode(412);
        service.as(shop.session())
                .header("If-Match", tag)
                .body(Map.of("role", "cashier"))
                .patch("/v1/users/" + user)
                .then()
                .statusCode(200);
        assertThat(service.as(session).get("/probe/till").statusCode()).isEqualTo(200);
        service.as(shop.session()).delete("/v1/users/" + user).then().statusCode(204);
        assertThat(service.as(session).get("/probe/lookup").statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeSaysWhenSomebodyWasSeenLast() {
        String session = colleague("seen@team.example", "viewer");
        service.as(session).get("/probe/lookup").then().statusCode(200);
        service.as(shop.session())
                .body(Map.of("role", "cashier"))
                .patch("/v1/users/" + userId("seen@team.example"))
                .then()
                .statusCode(200)
                .body("last_seen_at", notNullValue());
    }

    @Test
    void theLastOwnerStaysHoweverManyLeaveAtOnce() {
        TenancyService.Shop mine = service.shop("owner1@team.example");
        String first = userId(mine, "owner1@team.example");
        service.as(mine.session())
                .delete("/v1/users/" + first)
                .then()
                .statusCode(409)
                .body("code", equalTo("last_owner"));
        invite(mine.session(), "owner2@team.example", "owner").then().statusCode(201);
        accept(service.tokenOfMail("owner2@team.example", 1), "a horse of my own")
                .then()
                .statusCode(201);
        String second = userId(mine, "owner2@team.example");
        List<Integer> answers =
                Stream.of(first, second)
                        .map(user ->
                                CompletableFuture.supplyAsync(() ->
                                        service.as(mine.liveKey())
                                                .delete("/v1/users/" + user)
                                                .statusCode()))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(answers).containsExactlyInAnyOrder(204, 409);
    }

    @Test
    void peopleOfAnotherShopAreNotThere() {
        TenancyService.Shop other = service.shop("stranger@team.example");
        String stranger = userId(other, "stranger@team.example");
        service.as(shop.liveKey()).delete("/v1/users/" + stranger).then().statusCode(404);
        service.as(shop.liveKey())
                .body(Map.of("role", "viewer"))
                .patch("/v1/users/" + stranger)
                .then()
                .statusCode(404);
    }

    @Test
    void aNewAddressIsConfirmedByMailAndTheOldOneIsTold() {
        TenancyService.Shop mine = service.shop("old@team.example");
        askForEmail(mine.session(), "new@team.example", "not my password")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/password"));
        askForEmail(mine.session(), "new@team.example", PASSWORD).then().statusCode(202);
        String token = service.tokenOfMail("new@team.example", 1);
        assertThat(service.logIn("new@team.example", PASSWORD).statusCode()).isEqualTo(401);
        confirmEmail(token).then().statusCode(204);
        confirmEmail(token).then().statusCode(422).body("code", equalTo("token_invalid"));
        assertThat(service.logIn("new@team.example", PASSWORD).statusCode()).isEqualTo(201);
        assertThat(service.logIn("old@team.example", PASSWORD).statusCode()).isEqualTo(401);
        await().until(() -> service.mails("old@team.example") == 2);
        assertThat(service.text("old@team.example")).contains("new@team.example");
        askForEmail(mine.liveKey(), "x@team.example", PASSWORD).then().statusCode(409);
    }

    @Test
    void tenWrongPasswordsFromOnePlaceAreEnough() {
        service.shop("guessed@team.example");
        assertThat(service.logIn("guessed@team.example", PASSWORD).statusCode()).isEqualTo(201);
        for (int i = 0; i < 10; i++) {
            assertThat(service.logIn("guessed@team.example", "wrong " + i).statusCode())
                    .isEqualTo(401);
        }
        service.logIn("guessed@team.example", PASSWORD)
                .then()
                .statusCode(429)
                .body("code", equalTo("too_many_requests"));
        service.forget("guessed@team.example").then().statusCode(202);
        service.replacePassword(service.tokenOfMail("guessed@team.example", 2), "a horse of my own")
                .then()
                .statusCode(204);
        assertThat(service.logIn("guessed@team.example", "a horse of my own").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aSessionEndsWhenItLiesIdleAndWhenItIsOld() {
        for (String column : List.of("used_at", "expires_at")) {
            String session = service.logIn(shop.email(), PASSWORD).path("token");
            service.databases
                    .control()
                    .run(handle ->
                            handle.createUpdate(
                                            "update control.session set "
                                                    + column
                                                    + " = :then where token_hash = sha256(:token::bytea)")
                                    .bind("then", TestClock.now().minusSeconds(25 * 3600))
                                    .bind("token", session)
                                    .execute());
            assertThat(service.as(session).get("/probe/lookup").statusCode())
                    .as(column)
                    .isEqualTo(401);
        }
    }

    @Test
    void aReplacedKeyWorksBesideTheNewOneForAWhile() {
        String old =
                service.as(shop.liveKey())
                        .body(Map.of("scope", "pos", "name", "Till 1"))
                        .post("/v1/api-keys")
                        .path("id");
        Http.Answer second = rotate(old, null);
        second.then().statusCode(201).body("scope", equalTo("pos")).body("name", equalTo("Till 1"));
        service.as(shop.liveKey())
                .get("/v1/api-keys")
                .then()
                .body("data.find { it.id == '" + old + "' }.expires_at", notNullValue());
        String third = rotate(second.path("id"), 1).path("secret");
        assertThat(service.as(second.path("secret")).get("/probe/till").statusCode())
                .isEqualTo(200);
        assertThat(service.as(third).get("/probe/till").statusCode()).isEqualTo(200);
        rotate(second.path("id"), 0).then().statusCode(201);
        assertThat(service.as(second.path("secret")).get("/probe/till").statusCode())
                .isEqualTo(401);
        rotate(second.path("id"), 0).then().statusCode(404);
        rotate(old, -1).then().statusCode(422);
    }

    private static String colleague(String email, String role) {
        invite(shop.session(), email, role).then().statusCode(201);
        return accept(service.tokenOfMail(email, 1), "a horse of my own").path("session.token");
    }

    private static String userId(String email) {
        return userId(shop, email);
    }

    private static String userId(TenancyService.Shop of, String email) {
        return service.as(of.liveKey())
                .get("/v1/users?limit=200")
                .path("data.find { it.email == '" + email + "' }.id");
    }

    private static Http.Answer invite(String by, String email, String role) {
        return service.as(by).body(Map.of("email", email, "role", role)).post("/v1/users");
    }

    private static Http.Answer accept(String token, @Nullable String password) {
        Map<String, String> body = new HashMap<>(Map.of("token", token));
        if (password != null) {
            body.put("password", password);
        }
        return service.http().body(body).post("/v1/invitations/accept");
    }

    private static Http.Answer rotate(String id, @Nullable Integer hours) {
        Http request = service.as(shop.liveKey());
        return (hours == null ? request : request.body(Map.of("overlap_hours", hours)))
                .post("/v1/api-keys/" + id + "/rotate");
    }

    private static Http.Answer askForEmail(String by, String email, String password) {
        return service.as(by)
                .body(Map.of("email", email, "password", password))
                .post("/v1/email-changes");
    }

    private static Http.Answer confirmEmail(String token) {
        return service.http().body(Map.of("token", token)).post("/v1/email-changes/confirm");
    }
}
