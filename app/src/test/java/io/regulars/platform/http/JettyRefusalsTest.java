package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JettyRefusalsTest {

    private static TinyService service;

    @BeforeAll
    static void start() throws Exception {
        service = TinyService.start();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/orders/a%2Fb HTTP/1.1",
                "GET /v1/orders/a%5Cb HTTP/1.1",
                "GET /v1/orders/a%00b HTTP/1.1",
                "GET /v1/orders/%zz HTTP/1.1",
                "GET /v1/orders/..%2f..%2fetc HTTP/1.1",
                "GET /v1/orders/%2e%2e/x HTTP/1.1",
                "GET /v1/orders/a;b=c/../d HTTP/1.1",
                "GET /v1//orders HTTP/1.1",
                "PATCH /v1/orders/a%2Fb HTTP/1.1",
            })
    void anAmbiguousAddressIsRefusedInOurShape(String line) throws IOException {
        Raw.Answer answer = Raw.send(service.address(), line);
        assertThat(answer.status()).isIn(400, 404);
        assertOurs(answer);
    }

    @Test
    void anIdWithASlashIsOneThatCannotBe() throws IOException {
        Raw.Answer answer = Raw.send(service.address(), "PUT /v1/orders/ext:n%2F1 HTTP/1.1");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(assertOurs(answer).get("code").asText()).isEqualTo("not_found");
    }

    @Test
    void whatIsNotHttpIsRefusedInOurShape() throws IOException {
        Raw.Answer answer = Raw.send(service.address(), "What is this");
        assertThat(answer.status()).isIn(400, 505);
        assertOurs(answer);
    }

    @Test
    void aHeaderTooLargeIsRefusedInOurShape() throws IOException {
        Raw.Answer answer =
                Raw.send(
                        service.address(),
                        "GET /v1/orders HTTP/1.1",
                        "X-Big: " + "x".repeat(20_000));
        assertThat(answer.status()).isEqualTo(431);
        assertThat(assertOurs(answer).get("code").asText()).isEqualTo("headers_too_large");
    }

    @Test
    void anAddressTooLongIsRefusedInOurShape() throws IOException {
        Raw.Answer answer =
                Raw.send(service.address(), "GET /v1/orders?" + "x".repeat(20_000) + " HTTP/1.1");
        assertThat(answer.status()).isEqualTo(414);
        assertOurs(answer);
    }

    @ParameterizedTest
    @CsvSource({"BREW,405", "TRACE,405", "PROPFIND,405", "get,405"})
    void aMethodNobodyKnowsIsRefusedInOurShape(String method, int status) throws IOException {
        Raw.Answer answer = Raw.send(service.address(), method + " /v1/orders HTTP/1.1");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Allow").orElse("")).contains("GET", "HEAD", "POST");
        assertOurs(answer);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/3.7,505", "HTTP/0.3,505"})
    void anotherVersionOfHttpIsRefusedInOurShape(String version, int status) throws IOException {
        Raw.Answer answer = Raw.send(service.address(), "GET /v1/orders " + version);
        assertThat(answer.status()).isIn(400, status);
        assertOurs(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: many", "Content-Length: -1", "Transfer-Encoding: rot13"})
    void aBodyOfNoKnownLengthIsRefusedInOurShape(String header) throws IOException {
        Raw.Answer answer =
                Raw.send(
                        service.address(),
                        "POST /v1/orders HTTP/1.1",
                        "Content-Type: application/json",
                        header);
        assertThat(answer.status()).isBetween(400, 501);
        assertOurs(answer);
    }

    @ParameterizedTest
    @CsvSource({"10, 408, request_timeout, 6", "99999999999, 413, payload_too_large, 2"})
    void aBodyOfWhichNothingArrivesIsWaitedForOnceAndOneTooLargeNotAtAll(
            String length, int status, String code, int seconds) throws IOException {
        long start = System.nanoTime();
        Raw.Answer answer =
                Raw.send(
                        service.address(),
                        "POST /v1/orders HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: " + length);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(assertOurs(answer).get("code").asText()).isEqualTo(code);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Duration.ofSeconds(seconds));
    }

    @Test
    void aBrokenChunkIsRefusedInOurShape() throws IOException {
        Raw.Answer answer =
                Raw.send(
                        service.address(),
                        "POST /v1/orders HTTP/1.1",
                        "Host: x",
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                        "Connection: close",
                        "",
                        "zz",
                        "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertOurs(answer);
    }

    @Test
    void aContentTypeThatIsNoneIsRefusedInOurShape() throws IOException {
        Raw.Answer answer =
                Raw.send(
                        service.address(),
                        "POST /v1/orders HTTP/1.1",
                        "Host: x",
                        "Content-Type: nonsense",
                        "Content-Length: 2",
                        "Connection: close",
                        "",
                        "{}");
        assertThat(answer.status()).isIn(400, 415);
        assertOurs(answer);
    }

    @Test
    void aBrowserGetsNoHtmlEither() throws IOException {
        Raw.Answer answer =
                Raw.send(service.address(), "GET /v1/orders/a%2Fb HTTP/1.1", "Accept: text/html");
        assertOurs(answer);
    }

    private static JsonNode assertOurs(Raw.Answer answer) throws IOException {
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("jetty");
        String json =
                answer.body()
                        .substring(answer.body().indexOf('{'), answer.body().lastIndexOf('}') + 1);
        JsonNode problem = new ObjectMapper().readTree(json);
        assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.get("request_id").asText())
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
        return problem;
    }
}
