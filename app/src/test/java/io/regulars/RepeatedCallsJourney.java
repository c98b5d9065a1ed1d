package io.regulars;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Fields;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies and answers for which an Idempotency-Key is not as simple as elsewhere. */
class RepeatedCallsJourney {

    private static final String HEADER = "external_id,name\n";

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Shop shop = service.signUp();

    @Test
    void anotherPasswordIsAnotherRequest() {
        logIn(ServiceUnderTest.PASSWORD).then().statusCode(201);
        logIn("not the one of before")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("idempotency_key_reused")));
        Response again = logIn(ServiceUnderTest.PASSWORD);
        again.then().statusCode(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void anotherFileIsAnotherRequest() {
        String first = imported(HEADER + "1,Lan\n").then().statusCode(202).extract().path("id");
        imported(HEADER + "2,Minh\n")
                .then()
                .statusCode(422)
                .body(field("code", equalTo("idempotency_key_reused")));
        Response again = imported(HEADER + "1,Lan\n");
        assertThat(again.then().statusCode(202).extract().<String>path("id")).isEqualTo(first);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(shop.live().get("/v1/imports").as(Fields.class).getList("data.id", String.class))
                .containsExactly(first);
    }

    @Test
    void anArchiveIsWrittenAnewForEachRequest() {
        for (int twice = 0; twice < 2; twice++) {
            service.rawApiUnchecked()
                    .header("Authorization", "Bearer " + shop.liveKey())
                    .header("Idempotency-Key", "everything")
                    .post("/v1/tenant/export")
                    .then()
                    .statusCode(200)
                    .contentType("application/zip");
        }
    }

    @Test
    void thePageThatShowsTheKeysIsKeptNowhere() throws Exception {
        String email = "page-" + shop.email();
        service.calls(null).post("/v1/signups", ServiceUnderTest.signup("By page", email), 202);
        Response page =
                service.rawApiUnchecked()
                        .header("Idempotency-Key", "page-" + shop.email())
                        .contentType(ContentType.URLENC)
                        .post("/v/" + service.token(email));
        assertThat(page.asString()).contains("rk_live_");
        assertThat(
                        TestDatabase.number(
                                service.database(),
                                "select count(*) from control.idempotency where body like '%rk\\_live\\_%'"))
                .isZero();
    }

    private Response logIn(String password) {
        // A repeat's answer does not have the token, against what is documented.
        return service.rawApiUnchecked()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "login-" + shop.email())
                .body(
                        Map.of(
                                "email", shop.email(),
                                "password", password,
                                "tenant", shop.tenantId()))
                .post("/v1/sessions");
    }

    private Response imported(String csv) {
        return shop.csv()
                .header("Idempotency-Key", "file")
                .body(csv)
                .post("/v1/imports?kind=members");
    }

    @Test
    void whatAKeyOfOneScopeWasAnsweredIsNotShownToOneOfAnother() {
        Map<String, Object> wanted = Map.of("email", "lan@example.com");
        enrolled(shop.liveKey(), "lan", wanted).then().statusCode(201);
        Response first = repeatable(shop.liveKey(), "/v1/members/search", "once", wanted);
        assertThat(first.asString()).contains("lan@example.com");
        Response tills = repeatable(key("pos"), "/v1/members/search", "once", wanted);
        tills.then().statusCode(422).body(field("code", equalTo("idempotency_key_reused")));
        assertThat(tills.asString()).doesNotContain("lan@");
        Response afterRotation = repeatable(key("admin"), "/v1/members/search", "once", wanted);
        assertThat(afterRotation.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aShopsOwnAttributesAreNoSecretsAndAVersionIsRepeatedToo() {
        Map<String, Object> member =
                Map.of(
                        "external_id",
                        "attributes",
                        "attributes",
                        Map.of("token", "abc", "secret", "def"));
        Response first = enrolled(shop.liveKey(), "attributes", member);
        first.then().statusCode(201);
        Response again = enrolled(shop.liveKey(), "attributes", member);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("ETag")).isNotNull().isEqualTo(first.header("ETag"));
    }

    @Test
    void aSecretIsNotKeptToBeShownAgain() {
        for (int twice = 0; twice < 2; twice++) {
            Response made =
                    service.rawApiUnchecked()
                            .header("Authorization", "Bearer " + shop.liveKey())
                            .contentType(ContentType.JSON)
                            .header("Idempotency-Key", "hooks")
                            .body(Map.of("url", "https://hooks.example/", "events", List.of("*")))
                            .post("/v1/webhook-endpoints");
            made.then().statusCode(201);
            assertThat(made.<String>path("secret") == null).isEqualTo(twice == 1);
        }
    }

    @Test
    void strangersWhoTakeTheSameKeyAreNotInEachOthersWay() {
        for (String email : List.of("one-" + shop.email(), "two-" + shop.email())) {
            service.rawApi()
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", "1-" + shop.email())
                    .body(Map.of("email", email))
                    .post("/v1/password-resets")
                    .then()
                    .statusCode(202);
        }
    }

    private String key(String scope) {
        return shop.liveCalls().post("/v1/api-keys", Map.of("scope", scope), 201).get("secret");
    }

    private Response enrolled(String key, String idempotencyKey, Map<String, Object> member) {
        return repeatable(key, "/v1/members", idempotencyKey, member);
    }

    private Response repeatable(
            String key, String path, String idempotencyKey, Map<String, Object> body) {
        return service.rawApiUnchecked()
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }
}
