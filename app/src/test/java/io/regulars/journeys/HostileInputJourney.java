package io.regulars.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.edge.HostileStrings;
import io.regulars.testing.DocumentedCalls;
import io.regulars.testing.DocumentedCalls.Call;
import io.regulars.testing.OddBodies;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever is sent to any documented call, the answer is a sensible one. A choice by a fixed seed;
 * with {@code -Dhostile=all} everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputJourney {

    private static final boolean ALL = "all".equals(System.getProperty("hostile"));
    private static final int CHOICE = 600;

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Shop shop = service.signUp();
    private final ObjectMapper mapper =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Call> calls =
            new DocumentedCalls(service.api().get("/v1/openapi.json").asString()).all();

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void valuesOfAnotherTypeOrBeyondTheLimitsAreRefusedOrTaken() throws Exception {
        List<Attempt> attempts = new ArrayList<>();
        for (Call call : calls) {
            if (call.body().isObject()) {
                attempts.add(new Attempt(call, "x", text(call.body())));
                for (JsonNode value : OddBodies.values()) {
                    OddBodies.with(call.body(), value)
                            .forEach(body -> attempts.add(new Attempt(call, "x", text(body))));
                }
            }
        }
        noneMayFail(attempts);
    }

    @Test
    void textsThatBreakOtherProgramsAreRefusedOrTaken() throws Exception {
        List<String> hostile = new ArrayList<>(HostileStrings.all());
        hostile.add("nul \0 within");
        hostile.add("a lone \ud800 surrogate");
        hostile.add("x".repeat(1_000_000));
        List<Attempt> attempts = new ArrayList<>();
        for (Call call : calls) {
            for (String string : hostile) {
                if (call.path().contains("{")) {
                    attempts.add(new Attempt(call, string, text(call.body())));
                }
                OddBodies.withText(call.body(), string)
                        .forEach(body -> attempts.add(new Attempt(call, "x", text(body))));
            }
        }
        noneMayFail(attempts);
    }

    @Test
    void queriesOfAnyKindAreRefusedOrTaken() throws Exception {
        List<String> odd =
                List.of("", "0", "-1", "99999999999999999999", "x'--", "\0", "\u202e", "[]", "%");
        List<Attempt> attempts = new ArrayList<>();
        for (Call call : calls) {
            for (String name : call.query()) {
                odd.forEach(value ->
                        attempts.add(
                                new Attempt(
                                        new Call(
                                                call.method(),
                                                call.path() + "?" + name + "=" + encoded(value),
                                                List.of(),
                                                call.body()),
                                        "x",
                                        text(call.body()))));
            }
        }
        noneMayFail(attempts);
    }

    private record Attempt(Call call, String id, String body) {}

    private void noneMayFail(List<Attempt> attempts) throws Exception {
        assertThat(attempts).isNotEmpty();
        Random choice = new Random(20_260_501);
        double share = ALL ? 1 : Math.min(1, (double) CHOICE / attempts.size());
        List<String> failures = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (choice.nextDouble() < share) {
                check(attempt, failures);
            }
        }
        assertThat(failures).isEmpty();
    }

    private void check(Attempt attempt, List<String> failures) throws Exception {
        HttpResponse<String> answer;
        try {
            answer = sendTwice(attempt);
        } catch (IOException e) {
            failures.add(e.getMessage() + " " + described(attempt));
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        boolean isFine =
                answer.statusCode() < 400
                        || (answer.statusCode() < 500
                                && type.startsWith("application/problem+json"));
        if (!isFine) {
            failures.add(
                    answer.statusCode()
                            + " "
                            + described(attempt)
                            + " → "
                            + shortened(answer.body()));
        }
    }

    private static String described(Attempt attempt) {
        return attempt.call().method()
                + " "
                + attempt.call().path()
                + " id="
                + shortened(attempt.id())
                + " "
                + shortened(attempt.body());
    }

    /** A connection that was kept may be closed at the moment when it is used again. */
    private HttpResponse<String> sendTwice(Attempt attempt)
            throws IOException, InterruptedException {
        try {
            return send(attempt);
        } catch (IOException e) {
            return send(attempt);
        }
    }

    private HttpResponse<String> send(Attempt attempt) throws IOException, InterruptedException {
        String path = attempt.call().path().replaceAll("\\{[^}]+}", encoded(attempt.id()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.base() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + shop.liveKey());
        if (attempt.body().isEmpty()) {
            request.method(method(attempt), HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(
                            method(attempt),
                            HttpRequest.BodyPublishers.ofByteArray(attempt.body().getBytes(UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String method(Attempt attempt) {
        return attempt.call().method().toUpperCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.length() > 2_000 ? text.substring(0, 2_000) : text, UTF_8)
                .replace("+", "%20");
    }

    private String text(JsonNode body) {
        try {
            return body.isMissingNode() ? "" : mapper.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
