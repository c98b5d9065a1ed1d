package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.testing.Fields;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
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
                .body("code", equalTo("idempotency_key_reused"));
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
                .body("code", equalTo("idempotency_key_reused"));
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
}
