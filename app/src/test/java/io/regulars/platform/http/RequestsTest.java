package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private static TinyService service;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        service = TinyService.start();
        http = new Http(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/", "/index.html", "/v1"})
    void anUnknownAddressIsNotFound(String path) throws Exception {
        problem(http.get(path), 404, "not_found");
    }

    @Test
    void anUnknownThingIsNotFoundAndMoreMembersAreSaid() throws Exception {
        JsonNode problem = problem(http.get("/v1/orders/ord_1"), 404, "not_found");
        assertThat(problem.get("asked").asText()).isEqualTo("ord_1");
        assertThat(problem.get("detail").asText()).isEqualTo("There is no such order.");
    }

    @Test
    void anotherMethodIsToldWhatIsAllowed() throws Exception {
        Http.Answer answer = http.send("DELETE", "/v1/orders");
        problem(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).contains("GET").contains("HEAD").contains("POST");
        assertThat(answer.json().get("detail").asText()).contains(answer.header("Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/openapi.json", "/docs", "/healthz"})
    void theHeadOfAnAnswerTellsTheLengthThatItsBodyHas(String path) throws Exception {
        Http.Answer whole = http.get(path);
        Http.Answer head = http.send("HEAD", path);
        assertThat(head.status()).isEqualTo(whole.status());
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(whole.text().getBytes(StandardCharsets.UTF_8).length));
    }

    @Test
    void anotherRepresentationIsNotAcceptable() throws Exception {
        JsonNode problem =
                problem(http.get("/v1/orders", "Accept", "image/png"), 406, "not_acceptable");
        // Some calls answer a file and no JSON.
        assertThat(problem.get("detail").asText()).doesNotContain("application/json");
    }

    @Test
    void aMalformedIdInThePathIsNotFound() throws Exception {
        problem(http.get("/v1/orders/by-number/seven"), 404, "not_found");
        assertThat(http.get("/v1/orders/by-number/7").json().get("number").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, ?limit, out_of_range",
        "limit=201, ?limit, out_of_range",
        "limit=abc, ?limit, out_of_range",
        "limit=, ?limit, out_of_range",
        "limit=99999999999, ?limit, out_of_range",
        "cursor=abc, ?cursor, invalid_cursor",
        "cursor=%21%21, ?cursor, invalid_cursor",
        "cursor=, ?cursor, invalid_cursor",
        "kind=EAT_IN, ?kind, unknown_value",
        "from=1990-02-30, ?from, invalid_date",
        "paid=maybe, ?paid, invalid_value",
        "lines=many, ?lines, invalid_value",
        "kind=%00, ?kind, invalid_text",
        "kinds=to-go, ?kinds, unknown_parameter",
    })
    void aBadQueryIsRefusedWithItsName(String query, String pointer, String code) throws Exception {
        JsonNode errors =
                problem(http.get("/v1/orders?" + query), 422, "validation_failed").get("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).get("pointer").asText()).isEqualTo(pointer);
        assertThat(errors.get(0).get("code").asText()).isEqualTo(code);
    }

    @Test
    void pagesFollowOneAnotherByTheirCursor() throws Exception {
        JsonNode first = http.get("/v1/orders?limit=2&kind=to-go").json();
        assertThat(first.get("data")).hasSize(2);
        JsonNode next = http.get("/v1/orders?cursor=" + first.get("next_cursor").asText()).json();
        assertThat(next.get("data")).hasSize(50);
        assertThat(next.get("data").get(0).asText()).startsWith("10");
    }

    @Test
    void theLastPageSaysThatItIsTheLast() {
        PageRequest request = PageRequest.of("2", null);
        assertThat(request.page(List.of("a", "b"), row -> row, row -> row).nextCursor()).isNull();
        assertThat(request.page(List.of("a", "b", "c"), row -> row, row -> row).data())
                .containsExactly("a", "b");
        assertThat(Cursor.parse(new Cursor("2026-01-01/ord_\u00df").toString()).position())
                .isEqualTo("2026-01-01/ord_\u00df");
    }

    @Test
    void aFaultOfOurOwnSaysNothingOfItself() throws Exception {
        Http.Answer answer = http.send("DELETE", "/v1/orders/broken");
        problem(answer, 500, "internal_error");
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void aWaitIsRoundedUpToWholeSeconds() throws Exception {
        Http.Answer answer = http.send("POST", "/v1/orders/busy");
        problem(answer, 503, "unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void aSaneRequestIdIsKept() throws Exception {
        Http.Answer answer = http.get("/v1/nothing", "X-Request-Id", "till-7.42_a");
        assertThat(answer.header("X-Request-Id")).isEqualTo("till-7.42_a");
        problem(answer, 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x\"y", "<script>", "\u00e4", LONG})
    void anyOtherRequestIdIsReplaced(String given) throws Exception {
        assertThat(http.get("/v1/orders", "X-Request-Id", given).header("X-Request-Id"))
                .startsWith("req_");
    }

    private static final String LONG =
            "0123456789012345678901234567890123456789012345678901234567890123x";

    @ParameterizedTest
    @ValueSource(strings = {"/v1/orders", "/v1/nothing", "/v1/openapi.json"})
    void everyAnswerTellsBrowsersAndCachesHowToTreatIt(String path) throws Exception {
        Http.Answer answer = http.get(path);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void theDocsComeFromOurOwnOriginAlone() throws Exception {
        Http.Answer page = http.get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        List<String> sources =
                Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                        .matcher(page.text())
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList();
        assertThat(sources).hasSizeGreaterThan(4).noneMatch(source -> source.contains("://"));
        for (String source : sources) {
            if (source.startsWith("/")) {
                assertThat(http.get(source).status()).as(source).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingElseOfTheWebjarCanBeHad() throws Exception {
        problem(http.get("/docs/assets/index.html"), 404, "not_found");
        problem(http.get("/docs/assets/oauth2-redirect.html"), 404, "not_found");
        problem(http.get("/docs/assets/..%5cdocs.js"), 400, "bad_request");
    }

    @Test
    void thePageOfErrorsNamesEachOfThem() throws Exception {
        String page = http.get("/docs/errors").text();
        for (ProblemType type : ProblemType.values()) {
            assertThat(page).contains("id=\"" + type.code() + "\"");
        }
    }

    private static JsonNode problem(Http.Answer answer, int status, String code) throws Exception {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("request_id").asText()).isEqualTo(answer.header("X-Request-Id"));
        return problem;
    }
}
