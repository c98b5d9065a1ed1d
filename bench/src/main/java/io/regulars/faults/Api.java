package io.regulars.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of one shop, with the patience and the keys of a good client. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final String key;

    Api(String key) {
        this.key = key;
    }

    /** What came back. */
    record Answer(int status, String text) {
        JsonNode json() throws IOException {
            return JSON.readTree(text);
        }

        Answer expect(int wanted) throws IOException {
            if (status != wanted) {
                throw new IOException("expected " + wanted + ", got " + status + ": " + text);
            }
            return this;
        }
    }

    Answer get(URI base, String path) throws IOException {
        return send(base, path, "GET", null, "", Duration.ofSeconds(30));
    }

    Answer post(URI base, String path, Map<String, ?> body) throws IOException {
        return send(base, path, "POST", JSON.writeValueAsString(body), "", Duration.ofSeconds(30));
    }

    /**
     * @param idempotencyKey empty for none
     */
    Answer post(
            URI base, String path, Map<String, ?> body, String idempotencyKey, Duration patience)
            throws IOException {
        return send(base, path, "POST", JSON.writeValueAsString(body), idempotencyKey, patience);
    }

    Answer csv(URI base, String path, String csv) throws IOException {
        HttpRequest request =
                request(base, path, Duration.ofSeconds(60))
                        .header("Content-Type", "text/csv;charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString(csv, StandardCharsets.UTF_8))
                        .build();
        return sent(request);
    }

    private Answer send(
            URI base,
            String path,
            String method,
            @Nullable String body,
            String idempotencyKey,
            Duration patience)
            throws IOException {
        HttpRequest.Builder request = request(base, path, patience);
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return sent(request.build());
    }

    private HttpRequest.Builder request(URI base, String path, Duration patience) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + key);
    }

    private Answer sent(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
