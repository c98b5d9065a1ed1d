package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Fields;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused with a code and a place, and changes nothing. */
class BadInputJourney {

    private static Shop shop;
    private static String member;
    private String before = "";

    @BeforeAll
    static void signUp() {
        shop = ServiceUnderTest.shared().signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        member =
                Shop.enrol(
                                shop.liveCalls(),
                                Map.of("external_id", "there", "email", "there@example.com"))
                        .getString("id");
    }

    @BeforeEach
    void look() {
        before = everything();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} → {1} {2} at {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"email\":              | 400 | malformed_json    |                 |",
                "{\"email\":\"a@b.vn\"}x | 400 | malformed_json    |                 |",
                "{\"emial\":\"a@b.vn\"}  | 422 | validation_failed | /emial          | unknown_field",
                "{\"email\":5}            | 422 | validation_failed | /email          | wrong_type",
                "{\"name\":\"An\"}       | 422 | validation_failed | ''              | contact_required",
                "{\"email\":\"a b\"}     | 422 | validation_failed | /email          | invalid_email",
                "{\"phone\":\"12\"}      | 422 | validation_failed | /phone          | invalid_phone",
                "{\"email\":\"n@b.vn\",\"time_zone\":\"Hue\"}        | 422 | validation_failed | /time_zone  | invalid_time_zone",
                "{\"email\":\"n@b.vn\",\"birth_date\":\"1990-02-30\"} | 422 | validation_failed | /birth_date | invalid_date",
                "{\"external_id\":\"there\"}                          | 409 | member_exists | /external_id | member_exists",
            })
    void aMemberThatIsNotRightIsRefused(
            String body, int status, String code, String pointer, String fieldCode) {
        Response answer = shop.raw().contentType("application/json").body(body).post("/v1/members");
        refusal(answer, status, code);
        if (pointer != null) {
            answer.then()
                    .body(field("errors[0].pointer", equalTo(pointer)))
                    .body(field("errors[0].code", equalTo(fieldCode)));
        }
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/members   | {\"birth_date\":\"28.2.1990\"} | birth_date must be a day of the calendar from 1900 on, such as 1990-02-28, or --02-28 without the year.",
                "/v1/members   | {\"email\":\"a b\"} | email must be an e-mail address, such as lan@example.com.",
                "/v1/members   | {\"email\":\"a@b.vn\",\"time_zone\":\"Hue\"} | time_zone must be an IANA time zone, such as Asia/Ho_Chi_Minh.",
                "/v1/campaigns | {\"name\":\"x\",\"kind\":\"birthday\",\"schedule\":{\"days_before\":61}} | days_before must be 0 to 60.",
                "/v1/campaigns | {\"name\":\"x\",\"kind\":\"birthday\",\"schedule\":{\"at\":\"22:00\"}} | at must lie before 21:00, when it is too late.",
                "/v1/purchases | {\"source\":\"till\",\"order_id\":\"r\",\"amount\":-1} | amount must be 0 to 9007199254740992 minor units.",
            })
    void aRefusalOfOneFieldSaysInItsDetailWhichFieldAndWhatItShouldBe(
            String path, String body, String detail) {
        Response answer = shop.raw().contentType("application/json").body(body).post(path);
        refusal(answer, 422, "validation_failed");
        answer.then()
                .body(field("detail", equalTo(detail)))
                .body(field("errors[0].detail", equalTo(detail)));
    }

    @ParameterizedTest(name = "amount {0} → {1} at {2}")
    @CsvSource({
        "-1, 422, /amount",
        "1.5, 422, /amount",
        "9007199254740993, 422, /amount",
        "99999999999999999999, 400, ",
        "'\"12\"', 422, /amount",
        "null, 422, /amount"
    })
    void anAmountThatIsNoAmountIsRefused(String amount, int status, String pointer) {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body(
                                "{\"source\":\"till\",\"order_id\":\"bad\",\"member\":\""
                                        + member
                                        + "\",\"amount\":"
                                        + amount
                                        + "}")
                        .post("/v1/purchases");
        answer.then().statusCode(status).contentType(startsWith("application/problem+json"));
        if (pointer != null) {
            answer.then().body(field("errors[0].pointer", equalTo(pointer)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"{}", "5", "[]", "{\"email\": null}", "{\"id\": 1}", "{\"name\": \"An\"}"})
    void aMemberNamedInNoKnownFormIsToldTheForms(String key) {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body("{\"type\":\"review\",\"key\":\"r\",\"member\":" + key + "}")
                        .post("/v1/activities");
        refusal(answer, 422, "validation_failed");
        answer.then()
                .body(field("errors[0].pointer", equalTo("/member")))
                .body(field("errors[0].code", equalTo("invalid_value")))
                .body(
                        field(
                                "errors[0].detail",
                                equalTo(
                                        "member must be an id, or an object with exactly one of id, external_id,"
                                                + " email, phone and card_number, as a string.")));
    }

    @Test
    void fieldsOfAMemberKeyThatAreNullAreAbsent() {
        shop.raw()
                .contentType("application/json")
                .body(
                        "{\"member\":{\"external_id\":null,\"email\":\"there@example.com\"},"
                                + "\"source\":\"t\",\"order_id\":\"n\",\"amount\":1}")
                .post("/v1/purchases/simulate")
                .then()
                .body(field("member.id", equalTo(member)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"{}", "3", "{\"vie\": \"Lá\"}", "{\"vi\": 3}"})
    void aTextForPeopleInNoKnownFormIsToldTheForms(String name) {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body("{\"name\":" + name + "}")
                        .put("/v1/program/draft");
        refusal(answer, 422, "validation_failed");
        answer.then()
                .body(field("errors[0].pointer", equalTo("/name")))
                .body(
                        field(
                                "errors[0].detail",
                                startsWith(
                                        "name must be a string, or an object with a string per language")));
    }

    @Test
    void linesThatExceedTheAmountAreRefused() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body(
                                "{\"source\":\"till\",\"order_id\":\"lines\",\"amount\":10,\"lines\":[{\"sku\":\"A\",\"amount\":11}]}")
                        .post("/v1/purchases");
        refusal(answer, 422, "validation_failed");
        answer.then().body(field("errors[0].code", equalTo("lines_exceed_amount")));
    }

    @Test
    void aPurchaseInTheFutureIsRefused() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body(
                                "{\"source\":\"till\",\"order_id\":\"future\",\"amount\":10,\"purchased_at\":\"2199-01-01T00:00:00Z\"}")
                        .post("/v1/purchases");
        refusal(answer, 422, "validation_failed");
        answer.then().body(field("errors[0].pointer", equalTo("/purchased_at")));
    }

    @Test
    void aBodyOfTenMegabytesIsRefused() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body("{\"name\":\"" + "x".repeat(10 << 20) + "\"}")
                        .post("/v1/members");
        refusal(answer, 413, "payload_too_large");
    }

    @Test
    void anotherContentTypeIsRefused() {
        refusal(
                shop.raw().contentType("text/plain").body("hello").post("/v1/members"),
                415,
                "unsupported_media_type");
    }

    @Test
    void anImportThatIsNoFileHearsWhatItShouldBe() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body("{}")
                        .post("/v1/imports?kind=members");
        refusal(answer, 415, "unsupported_media_type");
        assertThat(answer.<String>path("detail")).contains("text/csv");
    }

    @Test
    void aCursorThatIsNotOursIsRefused() {
        Response answer = shop.raw().queryParam("cursor", "bogus").get("/v1/members");
        refusal(answer, 422, "validation_failed");
        answer.then().body(field("errors[0].pointer", equalTo("?cursor")));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String cursor = shop.raw().get("/v1/events?limit=1").path("next_cursor");
        shop.raw().queryParam("cursor", cursor).get("/v1/events").then().statusCode(200);
        for (String other : List.of("/v1/members", "/v1/messages", "/v1/rewards")) {
            Response answer = shop.raw().queryParam("cursor", cursor).get(other);
            refusal(answer, 422, "validation_failed");
            answer.then().body(field("errors[0].code", equalTo("invalid_cursor")));
        }
    }

    @ParameterizedTest(name = "{1} with {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "POST  | /v1/members            | {\"email\":\"n@b.vn\",\"attributes\":{\"size\":1e400}}    | /attributes",
                "POST  | /v1/members            | {\"email\":\"n@b.vn\",\"attributes\":{\"size\":1e-200000}} | /attributes",
                "POST  | /v1/purchases          | {\"source\":\"till\",\"order_id\":\"e\",\"amount\":1e400}   |",
                "PUT   | /v1/goals              | {\"metric\":\"frequency\",\"target\":1e400,\"by\":\"2099-01-01\"} | /target",
                "POST  | /v1/segments/preview   | {\"field\":\"points\",\"op\":\"gte\",\"value\":1e400}         |",
                "PUT   | /v1/program/draft      | {\"tiers\":{\"levels\":[{\"key\":\"a\",\"multiplier\":1e400}]}} | /tiers/levels/0/multiplier",
            })
    void aNumberThatNobodyCanHoldIsRefusedAtItsPlace(
            String method, String path, String body, String pointer) {
        Response answer =
                shop.raw().contentType("application/json").body(body).request(method, path);
        assertThat(answer.statusCode()).as(answer.asString()).isIn(400, 422);
        if (pointer != null) {
            answer.then().body(field("errors[0].pointer", equalTo(pointer)));
        }
    }

    @Test
    void aLimitOutOfRangeIsRefused() {
        refusal(shop.raw().queryParam("limit", "201").get("/v1/members"), 422, "validation_failed");
        refusal(
                shop.raw().queryParam("limit", "many").get("/v1/members"),
                422,
                "validation_failed");
    }

    @Test
    void aMalformedIdInAPathIsNotFound() {
        refusal(shop.raw().get("/v1/members/mem_nonsense"), 404, "not_found");
        refusal(shop.raw().get("/v1/nothing/here"), 404, "not_found");
    }

    @Test
    void aMethodThatIsNotThereIsRefused() {
        refusal(shop.raw().delete("/v1/program"), 405, "method_not_allowed");
    }

    @Test
    void aProgramThatIsNotRightIsRefusedWithEveryPlace() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body(
                                """
                                {"name":"x","unit":{"one":"p","many":"p"},"currency":"VND",
                                 "earning":[{"key":"a","on":"purchase","points":{"per_amount":0,"award":1}},
                                            {"key":"a","on":"purchase","points":{"per_amount":1,"award":1}}],
                                 "rewards":[{"key":"r","name":"R","kind":"percent_off","percent":101}]}
                                """)
                        .put("/v1/program/draft");
        refusal(answer, 422, "validation_failed");
        assertThat(answer.as(Fields.class).getList("errors.pointer", String.class))
                .containsExactlyInAnyOrder(
                        "/earning/0/points/per_amount", "/earning/1/key", "/rewards/0/percent");
    }

    @Test
    void aCampaignCannotPromiseARewardThatThereIsNot() {
        Response answer =
                shop.raw()
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "name",
                                        "x",
                                        "kind",
                                        "birthday",
                                        "offer",
                                        Map.of("reward", "nothing")))
                        .post("/v1/campaigns");
        refusal(answer, 422, "validation_failed");
        answer.then().body(field("errors[0].pointer", equalTo("/offer/reward")));
    }

    @Test
    void aCampaignWithoutTheSendersIdentityCannotBeActivated() {
        Shop nameless = ServiceUnderTest.shared().signUp();
        nameless.liveCalls().patch("/v1/tenant", Map.of("postal_address", ""));
        String service =
                nameless.live()
                        .body(Map.of("name", "x", "kind", "points_expiring"))
                        .post("/v1/campaigns")
                        .path("id");
        Response unclear = nameless.raw().post("/v1/campaigns/" + service + "/activate");
        refusal(unclear, 422, "sender_identity_missing");
        assertThat(unclear.as(Fields.class).getString("detail")).doesNotContain("Advertising");
        String id =
                nameless.live()
                        .body(Map.of("name", "x", "kind", "birthday"))
                        .post("/v1/campaigns")
                        .path("id");
        Response answer = nameless.raw().post("/v1/campaigns/" + id + "/activate");
        refusal(answer, 422, "sender_identity_missing");
        assertThat(answer.as(Fields.class).getList("missing", String.class))
                .containsExactly("postal_address");
    }

    @Test
    void callsWithoutCredentialsAreRefused() {
        refusal(shop.service().rawApi().get("/v1/members"), 401, "unauthenticated");
        refusal(
                shop.service()
                        .rawApi()
                        .header("Authorization", "Bearer rk_live_nonsense")
                        .get("/v1/members"),
                401,
                "unauthenticated");
    }

    @Test
    void whoIsNotKnownIsToldSoBeforeTheBodyIsWaitedFor() throws IOException {
        URI base = shop.service().base();
        long start = System.nanoTime();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            String request =
                    "POST /v1/members HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer rk_live_nonsense\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String status =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine();
            assertThat(status).startsWith("HTTP/1.1 401");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"bogus\":1} | 422 | validation_failed",
                "[]              | 422 | validation_failed",
                "{{{             | 400 | malformed_json",
                "{}              | 200 |",
                "''              | 200 |",
            })
    void aCallThatTakesNothingRefusesWhatItWouldNotLookAt(String body, int status, String code) {
        Response answer =
                shop.raw().contentType("application/json").body(body).post("/v1/sending/resume");
        if (code == null) {
            answer.then().statusCode(status);
        } else {
            refusal(answer, status, code);
        }
    }

    private static void refusal(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        answer.then()
                .contentType(startsWith("application/problem+json"))
                .body(field("code", equalTo(code)))
                .body(field("status", equalTo(status)))
                .body(field("request_id", startsWith("req_")));
        assertThat(answer.as(Fields.class).getString("detail")).isNotBlank();
        assertThat(answer.header("X-Request-Id"))
                .isEqualTo(answer.as(Fields.class).getString("request_id"));
    }

    /** What there is in the shop, as far as the requests above could change it. */
    private static String everything() {
        return shop.live().get("/v1/members").asString()
                + shop.live().get("/v1/purchases").asString()
                + shop.live().get("/v1/program/draft").asString()
                + shop.live().get("/v1/campaigns").asString();
    }
}
