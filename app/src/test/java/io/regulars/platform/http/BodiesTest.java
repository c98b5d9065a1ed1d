package io.regulars.platform.http;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static final String MINIMAL = "{\"order_id\":\"A\",\"lines\":[]";

    private static TinyService service;
    private static RequestSpecification http;

    @BeforeAll
    static void start() throws Exception {
        service = TinyService.start();
        http =
                new RequestSpecBuilder()
                        .setBaseUri("http://127.0.0.1:" + service.port())
                        .setConfig(
                                RestAssuredConfig.config()
                                        .encoderConfig(
                                                EncoderConfig.encoderConfig()
                                                        .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                                false)))
                        .build();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void aGoodBodyComesBackAsItWasSent() {
        post("""
        {"order_id":"A","lines":[{"sku":"S","quantity":1,"amount":250}],"kind":"eat_in",
         "at":"2026-01-31T16:30:00+07:00","day":"2026-01-31","zone":"Asia/Ho_Chi_Minh","paid":null,
         "attributes":{"size":"L","n":1.5},"per_kind":{"to-go":3}}
        """)
                .statusCode(201)
                .body(field("order.kind", equalTo("eat_in")))
                .body(field("order.at", equalTo("2026-01-31T09:30:00Z")))
                .body(field("order.day", equalTo("2026-01-31")))
                .body(field("order.lines[0].amount", equalTo(250)))
                .body(field("order", not(hasEntry("paid", null))))
                .body(field("order.per_kind", equalTo(java.util.Map.of("to-go", 3))))
                .body("$", hasEntry("paid_at", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"order_id\":              | Unexpected end-of-input",
                "{\"order_id\" \"A\"}        | at line 1, column 13",
                "{'order_id':'A'}            | double-quote",
                "{\"order_id\":\"A\",}       | at line 1",
                "{\"order_id\":NaN}          | NaN",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":tru}]} | tru",
            })
    void brokenJsonIsNotDecodableAndSaysWhere(String body, String says) {
        refused(post(body), 400, "malformed_json").body(field("detail", containsString(says)));
    }

    @Test
    void nothingOfJacksonShowsInARefusal() {
        refused(post("{\"order_id\":NaN}"), 400, "malformed_json")
                .body(field("detail", not(containsString("JsonReadFeature"))));
        refused(post("{\"order_id\":"), 400, "malformed_json")
                .body(field("detail", not(containsString("Source"))))
                .body(field("detail", not(containsString("com.fasterxml"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"} x", "} {}", "}]", "},"})
    void somethingBehindTheObjectIsRefused(String rest) {
        refused(post(MINIMAL + rest), 400, "malformed_json");
    }

    @Test
    void aKeyTwiceIsRefused() {
        refused(post("{\"order_id\":\"A\",\"order_id\":\"B\",\"lines\":[]}"), 400, "malformed_json")
                .body(field("detail", containsString("order_id")));
        refused(post(MINIMAL + ",\"attributes\":{\"a\":1,\"a\":2}}"), 400, "malformed_json");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 =
                "{\"order_id\":\"Caf\u00e9\",\"lines\":[]}".getBytes(StandardCharsets.ISO_8859_1);
        refused(post(latin1), 400, "malformed_json").body(field("detail", containsString("UTF-8")));
    }

    @Test
    void aByteOrderMarkDoesNoHarm() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        body.write((MINIMAL + "}").getBytes(StandardCharsets.UTF_8));
        post(body.toByteArray()).statusCode(201);
    }

    @Test
    void tenThousandLevelsAreRefusedWithoutBeingFollowed() {
        String deep =
                MINIMAL
                        + ",\"attributes\":{\"a\":"
                        + "[".repeat(10_000)
                        + "]".repeat(10_000)
                        + "}}";
        refused(post(deep), 400, "malformed_json")
                .body(field("detail", containsString("nesting depth")));
        String unknown =
                MINIMAL + ",\"foo\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_001);
        refused(post(unknown), 400, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1180591620717411303424", "9223372036854775808", "-9223372036854775809"})
    void aNumberBeyondTheTypeIsNotDecodable(String number) {
        String body =
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":"
                        + number
                        + "}]}";
        refused(post(body), 400, "number_out_of_range")
                .body(field("errors[0].pointer", equalTo("/lines/0/amount")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":1,\"foo\":1}]} | /lines/0/foo | unknown_field",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1}]}                | /lines/0/amount   | required",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":null}]} | /lines/0/amount  | required",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":null,\"quantity\":1,\"amount\":1}]}    | /lines/0/sku      | required",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":\"1\"}]} | /lines/0/amount | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1.5,\"amount\":1}]} | /lines/0/quantity | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":true,\"amount\":1}]} | /lines/0/quantity | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":-1}]}  | /lines/0/amount   | out_of_range",
                "{\"lines\":[]}                                    | /order_id     | required",
                "{\"order_id\":\"A\"}                              | /lines        | required",
                "{\"order_id\":7,\"lines\":[]}                     | /order_id     | wrong_type",
                "{\"order_id\":[],\"lines\":[]}                    | /order_id     | wrong_type",
                "{\"order_id\":\"A\",\"lines\":{}}                 | /lines        | wrong_type",
                "{\"order_id\":\"A\",\"lines\":\"\"}               | /lines        | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"paid\":1}      | /paid         | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"paid\":\"true\"} | /paid       | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"weight\":\"1\"} | /weight      | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"kind\":\"EAT_IN\"} | /kind     | unknown_value",
                "{\"order_id\":\"A\",\"lines\":[],\"kind\":\"\"}   | /kind         | unknown_value",
                "{\"order_id\":\"A\",\"lines\":[],\"kind\":0}      | /kind         | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":\"2026-01-31\"} | /at     | invalid_time",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":1769850000} | /at         | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":\"\"}     | /at           | invalid_time",
                "{\"order_id\":\"A\",\"lines\":[],\"day\":\"1990-02-30\"} | /day   | invalid_date",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":\"0000-01-01T00:00:00Z\"} | /at | out_of_range",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":\"-9999-01-01T00:00:00Z\"} | /at | out_of_range",
                "{\"order_id\":\"A\",\"lines\":[],\"at\":\"+10000-01-01T00:00:00Z\"} | /at | out_of_range",
                "{\"order_id\":\"A\",\"lines\":[],\"day\":\"0001-01-01\"} | /day | out_of_range",
                "{\"order_id\":\"A\",\"lines\":[],\"day\":[2026,1,1]} | /day       | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"zone\":\"Mars/Olympus\"} | /zone | invalid_zone",
                "{\"order_id\":\"A\",\"lines\":[],\"hour\":\"25:00\"} | /hour      | invalid_time",
                "{\"order_id\":\"A\",\"lines\":[],\"code\":{\"code\":\"X\"}} | /code | invalid_value",
                "{\"order_id\":\"A\\u0000\",\"lines\":[]}          | /order_id     | invalid_text",
                "{\"order_id\":\"A\\ud800\",\"lines\":[]}          | /order_id     | invalid_text",
                "{\"order_id\":\"A\",\"lines\":[],\"attributes\":{\"a\":[\"\\u0000\"]}} | /attributes/a | invalid_text",
                "{\"order_id\":\"A\",\"lines\":[],\"raw\":{\"\\u0000\":1}} | /raw  | invalid_text",
                "[]                                                | ''            | wrong_type",
                "\"text\"                                          | ''            | wrong_type",
                "{\"order_id\":\"A\",\"lines\":[],\"order/id~\":1}                                 | /order~1id~0  | unknown_field",
            })
    void whatIsUnderstoodButWrongIsRefusedWithAPointer(String body, String pointer, String code) {
        refused(post(body), 422, "validation_failed")
                .body("errors.size()", equalTo(1))
                .body(field("errors[0].pointer", equalTo(pointer)))
                .body(field("errors[0].code", equalTo(code)))
                .body(field("detail", not(containsString("secret"))))
                .body(field("detail", not(containsString("java"))));
    }

    @Test
    void anUnknownFieldIsToldWhichAreKnown() {
        post("{\"order_id\":\"A\",\"lines\":[{\"sku\":\"S\",\"quantity\":1,\"amount\":1,\"amuont\":1}]}")
                .body(
                        field(
                                "detail",
                                equalTo(
                                        "amuont is not a field of this object. Known here: amount, quantity, sku.")));
    }

    @Test
    void anUnknownEnumValueIsToldWhichAreKnown() {
        post(MINIMAL + ",\"kind\":\"x\"}")
                .body(field("detail", equalTo("kind must be one of eat_in, to-go, delivery.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void aMissingBodyIsSaidToBeMissing(String body) {
        refused(post(body), 400, "body_missing");
    }

    @Test
    void aBodyThatMayBeMissingMayBeMissing() {
        RestAssured.given(http)
                .put("/v1/orders/optional")
                .then()
                .statusCode(200)
                .body(field("given", equalTo(false)));
        RestAssured.given(http)
                .contentType("application/json")
                .body("{\"sku\":\"S\",\"quantity\":1,\"amount\":1}")
                .put("/v1/orders/optional")
                .then()
                .body(field("given", equalTo(true)));
    }

    @Test
    void tenMegabytesAreRefusedAndTheClientHearsOfIt() throws Exception {
        byte[] body =
                (MINIMAL + ",\"raw\":\"" + "x".repeat(10_000_000) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        refused(post(body), 413, "payload_too_large")
                .body(field("max_bytes", equalTo(1024 * 1024)));

        HttpRequest streamed =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + service.port() + "/v1/orders"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.fromPublisher(
                                        HttpRequest.BodyPublishers.ofByteArray(body)))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(streamed, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("payload_too_large");
        }
    }

    @Test
    void onlyAnEndpointMadeForItTakesALargeBody() {
        String twoMegabytes = "{\"a\":\"" + "x".repeat(2_000_000) + "\"}";
        postTo("/v1/orders/large", twoMegabytes).statusCode(200).body(field("fields", equalTo(1)));
        refused(postTo("/v1/orders", twoMegabytes), 413, "payload_too_large");
        refused(
                postTo("/v1/orders/large", "{\"a\":\"" + "x".repeat(5_000_000) + "\"}"),
                413,
                "payload_too_large");
    }

    @Test
    void anotherContentTypeIsNotTaken() {
        refused(
                RestAssured.given(http)
                        .contentType("text/plain")
                        .body("x")
                        .post("/v1/orders")
                        .then(),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource({"gzip, 400, bad_request", "br, 415, unsupported_media_type"})
    void anEncodingThatTheBodyDoesNotHaveOrNobodyReadsIsRefused(
            String encoding, int status, String code) {
        refused(
                RestAssured.given(http)
                        .contentType("application/json")
                        .header("Content-Encoding", encoding)
                        .body(MINIMAL + "}")
                        .post("/v1/orders")
                        .then(),
                status,
                code);
    }

    @Test
    void aBodyInGzipIsRead() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write((MINIMAL + "}").getBytes(StandardCharsets.UTF_8));
        }
        RestAssured.given(http)
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(zipped.toByteArray())
                .post("/v1/orders")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse post(String body) {
        return postTo("/v1/orders", body);
    }

    private static ValidatableResponse postTo(String path, String body) {
        return RestAssured.given(http).contentType("application/json").body(body).post(path).then();
    }

    private static ValidatableResponse post(byte[] body) {
        return RestAssured.given(http)
                .contentType("application/json")
                .body(body)
                .post("/v1/orders")
                .then();
    }

    private static ValidatableResponse refused(
            ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body(field("status", equalTo(status)))
                .body(field("code", equalTo(code)))
                .body(field("type", equalTo("/docs/errors#" + code)))
                .body(field("request_id", startsWith("req_")))
                .header("X-Request-Id", startsWith("req_"));
    }
}
