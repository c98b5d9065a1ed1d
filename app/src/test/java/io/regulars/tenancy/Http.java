package io.regulars.tenancy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hamcrest.Matcher;

/**
 * REST Assured's way of speaking without its client, which takes "FAILURE" apart by the machine's
 * locale.
 */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";

    Http(String base) {
        this.base = base;
    }

    public Http header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Http body(Object json) {
        try {
            body = JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return header("Content-Type", "application/json");
    }

    public Answer get(String path) {
        return send("GET", path);
    }

    public Answer post(String path) {
        return send("POST", path);
    }

    public Answer patch(String path) {
        return send("PATCH", path);
    }

    public Answer delete(String path) {
        return send("DELETE", path);
    }

    private Answer send(String method, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back; its checks can be chained. */
    public record Answer(HttpResponse<String> response) {

        public int statusCode() {
            return response.statusCode();
        }

        public String asString() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonPath jsonPath() {
            return Fields.of(response.body());
        }

        @SuppressWarnings("TypeParameterUnusedInFormals") // as REST Assured has it
        public <T> T path(String path) {
            return jsonPath().get(path);
        }

        public Answer then() {
            return this;
        }

        public Answer statusCode(int expected) {
            assertThat(response.body(), statusCode(), equalTo(expected));
            return this;
        }

        public Answer header(String name, String expected) {
            assertThat(header(name), equalTo(expected));
            return this;
        }

        public <T> Answer body(String path, Matcher<T> matcher) {
            assertThat(response.body(), this.<T>path(path), matcher);
            return this;
        }
    }
}
