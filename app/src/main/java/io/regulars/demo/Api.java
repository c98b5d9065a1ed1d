package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The REST API as any integrator speaks it: JSON trees in and out, problems turned into sentences,
 * 429 and 503 obeyed. Every POST carries an {@code Idempotency-Key}, so that asking again is always
 * safe.
 */
final class Api implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final int TRIES = 6;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI base;
    private final String run;
    private int posts;
    private @Nullable String key;

    /** A body and how it is sent. */
    record Body(BodyPublisher bytes, String type, boolean gzip) {
        static Body json(JsonNode tree) {
            return new Body(BodyPublishers.ofString(tree.toString()), "application/json", false);
        }
    }

    /**
     * @param run names this run of the demo; a part of every idempotency key
     */
    Api(URI base, String run) {
        String text = base.toString();
        this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        this.run = run;
    }

    URI base() {
        return base;
    }

    void useKey(String secret) {
        key = secret;
    }

    JsonNode get(String path) {
        return tree(call("GET", path, null));
    }

    /** Empty when there is no such thing, or the key does not open it. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = exchange("GET", path, null);
        return switch (answer.statusCode()) {
            case 401, 403, 404 -> Optional.empty();
            default -> Optional.of(tree(checked("GET", path, answer)));
        };
    }

    String download(String path) {
        return call("GET", path, null).body();
    }

    JsonNode post(String path, JsonNode body) {
        return tree(call("POST", path, Body.json(body)));
    }

    JsonNode put(String path, JsonNode body) {
        return tree(call("PUT", path, Body.json(body)));
    }

    JsonNode patch(String path, JsonNode body) {
        return tree(call("PATCH", path, Body.json(body)));
    }

    JsonNode upload(String path, Body body) {
        return tree(call("POST", path, body));
    }

    private HttpResponse<String> call(String method, String path, @Nullable Body body) {
        return checked(method, path, exchange(method, path, body));
    }

    private static HttpResponse<String> checked(
            String method, String path, HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new DemoFailure(text("%s %s was refused: %s", method, path, reason(answer)));
        }
        return answer;
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable Body body) {
        HttpRequest request = request(method, path, body);
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> answer = send(request);
            boolean busy = answer.statusCode() == 429 || answer.statusCode() == 503;
            if (!busy || attempt == TRIES) {
                return answer;
            }
            Patience.pause(retryAfter(answer));
        }
    }

    private HttpRequest request(String method, String path, @Nullable Body body) {
        URI target = base.resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .timeout(LONGEST_ANSWER)
                        .method(method, body == null ? BodyPublishers.noBody() : body.bytes());
        // An address in an answer may lead elsewhere (a file store): the key stays here.
        if (key != null && base.getAuthority().equals(target.getAuthority())) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null) {
            request.header("Content-Type", body.type());
            if (body.gzip()) {
                request.header("Content-Encoding", "gzip");
            }
        }
        if (method.equals("POST")) {
            posts++;
            request.header("Idempotency-Key", "demo-" + run + "-" + posts);
        }
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new DemoFailure(
                    "Nothing answers at " + base + ". Is the service running there?", e);
        } catch (IOException e) {
            throw new DemoFailure(
                    text(
                            "The service at %s broke off while answering %s %s: %s",
                            base, request.method(), request.uri().getPath(), e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Stopped. Start the demo again to go on.", e);
        }
    }

    private static Duration retryAfter(HttpResponse<String> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("1");
        return Duration.ofSeconds(seconds.matches("\\d{1,2}") ? Long.parseLong(seconds) : 1);
    }

    private static JsonNode tree(HttpResponse<String> answer) {
        try {
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new DemoFailure(text("%s answered something that is not JSON", answer.uri()), e);
        }
    }

    /** A problem document as one line: what was wrong, where, and the id to look for in the log. */
    private static String reason(HttpResponse<String> answer) {
        JsonNode problem;
        try {
            problem = JSON.readTree(answer.body());
        } catch (JsonProcessingException _) {
            return "status " + answer.statusCode();
        }
        StringBuilder line = new StringBuilder("status " + answer.statusCode());
        append(line, " ", problem.path("code").asText(""));
        append(line, ": ", problem.path("detail").asText(problem.path("title").asText("")));
        for (JsonNode error : problem.path("errors")) {
            line.append("; ").append(error.path("pointer").asText("")).append(' ');
            line.append(error.path("detail").asText(error.path("code").asText("")));
        }
        String id = problem.path("request_id").asText("");
        return id.isEmpty()
                ? line.toString()
                : line.append(" (request ").append(id).append(')').toString();
    }

    private static void append(StringBuilder line, String before, String text) {
        if (!text.isEmpty()) {
            line.append(before).append(text);
        }
    }

    /** Not {@code close()}: that waits for answers still under way, and Ctrl-C must not wait. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
