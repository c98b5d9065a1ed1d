package io.regulars.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must be done before a test can look at anything: sign up, enrol, sell. Such calls are held
 * against the OpenAPI document like all others; REST Assured takes ten times as long over one.
 */
public final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final Supplier<AgainstOpenApi> document;
    private final @Nullable String key;

    /**
     * @param key the API key or the token of a session, none for what needs none
     */
    public Calls(URI base, Supplier<AgainstOpenApi> document, @Nullable String key) {
        this.base = base;
        this.document = document;
        this.key = key;
    }

    public Fields get(String path) {
        return call("GET", path, null, 200);
    }

    /**
     * @param body JSON, or what becomes it
     */
    public Fields put(String path, Object body) {
        return call("PUT", path, body, 200);
    }

    public Fields patch(String path, Object body) {
        return call("PATCH", path, body, 200);
    }

    /**
     * @param expected the status that the answer must have
     */
    public Fields post(String path, Object body, int expected) {
        return call("POST", path, body, expected);
    }

    public Fields post(String path, int expected) {
        return call("POST", path, null, expected);
    }

    /** Sends a CSV file. */
    public Fields csv(String path, String file, int expected) {
        return call("POST", path, "text/csv;charset=UTF-8", file, expected);
    }

    private Fields call(String method, String path, @Nullable Object body, int expected) {
        String text = body == null ? "" : body instanceof String json ? json : written(body);
        return call(method, path, "application/json", text, expected);
    }

    private Fields call(String method, String path, String type, String text, int expected) {
        HttpRequest request = request(method, path, type, text);
        HttpResponse<String> answer = sent(request);
        Exchange exchange =
                new Exchange(
                        method,
                        request.uri(),
                        headers(request.headers()),
                        text,
                        answer.statusCode(),
                        headers(answer.headers()),
                        answer.body());
        if (answer.statusCode() != expected) {
            throw new AssertionError(
                    method
                            + " "
                            + path
                            + " → "
                            + answer.statusCode()
                            + ", expected "
                            + expected
                            + ": "
                            + answer.body());
        }
        if (path.startsWith("/v1/")) {
            document.get().check(exchange);
        }
        return Fields.of(answer.body());
    }

    private HttpRequest request(String method, String path, String type, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Accept", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Header> headers(HttpHeaders headers) {
        List<Header> all = new ArrayList<>();
        headers.map()
                .forEach((name, values) ->
                        values.forEach(value -> all.add(new Header(name, value))));
        return all;
    }

    private static String written(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
