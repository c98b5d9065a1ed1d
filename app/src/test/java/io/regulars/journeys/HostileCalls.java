package io.regulars.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.regulars.ServiceUnderTest;
import io.regulars.testing.DocumentedCalls.Call;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/** Makes calls that are wrong somewhere on a shop of its own, and judges the answers. */
final class HostileCalls implements AutoCloseable {

    /**
     * What is written in one way however it was said; and the code that a member brings along is
     * another than the one shown.
     */
    private static final Set<String> WRITTEN_ANEW =
            Set.of(
                    "referral_code",
                    "email",
                    "phone",
                    "url",
                    "website",
                    "at",
                    "purchased_at",
                    "time_zone",
                    "locale");

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ServiceUnderTest service;
    private final FurnishedShop shop;
    private final Set<String> readable;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * @param readable the paths that can be got
     */
    HostileCalls(ServiceUnderTest service, Set<String> readable) {
        this.service = service;
        this.shop = FurnishedShop.at(service);
        this.readable = readable;
    }

    /**
     * A call that is wrong somewhere.
     *
     * @param id for the places in the path; empty: ids of the shop's own things
     * @param place of the body that is wrong, as a JSON pointer; empty for none
     */
    record Attempt(Call call, String id, JsonNode body, String place) {
        @Override
        public String toString() {
            return call.method()
                    + " "
                    + call.path()
                    + " id="
                    + shortened(id)
                    + " "
                    + place
                    + " "
                    + shortened(place.isEmpty() ? body.toString() : body.at(place).toString());
        }
    }

    /** None. */
    static final Attempt NOTHING =
            new Attempt(
                    new Call("", "", List.of(), MissingNode.getInstance()),
                    "",
                    MissingNode.getInstance(),
                    "");

    /** A body for this call that would be taken; missing if it takes none. */
    JsonNode sensible(Call call) {
        JsonNode known = shop.bodies().template(call.method(), call.path());
        return known.isMissingNode() ? call.body() : known;
    }

    /** What is wrong with the answer; empty if nothing is. */
    Optional<String> trouble(Attempt attempt) throws InterruptedException {
        try {
            JsonNode body = shop.bodies().filled(attempt.body());
            HttpResponse<String> answer = sendTwice(attempt, body);
            if (answer.statusCode() == 429) {
                answer =
                        Awaitility.await()
                                .atMost(Duration.ofSeconds(20))
                                .pollInterval(Duration.ofMillis(250))
                                .until(
                                        () -> sendTwice(attempt, body),
                                        again -> again.statusCode() != 429);
            }
            return trouble(attempt, body, answer).map(trouble -> trouble + " ← " + attempt);
        } catch (IOException e) {
            return Optional.of(e + " ← " + attempt);
        }
    }

    /** Why a call that is not wrong at all was refused; empty if it was not. */
    Optional<String> refusal(Call call) throws IOException, InterruptedException {
        JsonNode body = shop.bodies().filled(sensible(call));
        HttpResponse<String> answer = sendTwice(new Attempt(call, "", body, ""), body);
        return answer.statusCode() < 300
                ? Optional.empty()
                : Optional.of(call.method() + " " + call.path() + " → " + answer.body());
    }

    private Optional<String> trouble(Attempt attempt, JsonNode sent, HttpResponse<String> answer)
            throws IOException, InterruptedException {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        int status = answer.statusCode();
        if (status >= 500 || (status >= 400 && !type.startsWith("application/problem+json"))) {
            return Optional.of(status + " " + shortened(answer.body()));
        }
        if (status >= 400 || attempt.place().isEmpty() || !type.startsWith("application/json")) {
            return Optional.empty();
        }
        JsonNode taken = MAPPER.readTree(answer.body());
        Optional<String> altered = altered(sent, taken, attempt.place());
        return altered.isPresent() ? altered : readBack(attempt, sent, taken);
    }

    /** What was taken must be there as it was said. */
    private Optional<String> readBack(Attempt attempt, JsonNode sent, JsonNode taken)
            throws IOException, InterruptedException {
        Call call = attempt.call();
        String path =
                call.method().equals("post")
                        ? call.path() + "/" + taken.path("id").asText()
                        : shop.filled(call.method(), call.path());
        String documented = call.method().equals("post") ? call.path() + "/{id}" : call.path();
        if (!readable.contains(documented) || path.endsWith("/")) {
            return Optional.empty();
        }
        HttpResponse<String> answer =
                client.send(
                        request(path, call).GET().build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? altered(sent, MAPPER.readTree(answer.body()), attempt.place())
                        .map(altered -> "read back " + altered)
                : Optional.of("read back " + answer.statusCode());
    }

    private static Optional<String> altered(JsonNode sent, JsonNode taken, String place) {
        JsonNode said = sent.at(place);
        JsonNode kept = taken.at(place);
        boolean same =
                !said.isTextual()
                        || !kept.isTextual()
                        || said.textValue().strip().equals(kept.textValue().strip())
                        || WRITTEN_ANEW.contains(place.substring(place.lastIndexOf('/') + 1));
        return same ? Optional.empty() : Optional.of("altered to " + shortened(kept.toString()));
    }

    /** A connection that was kept may be closed at the moment when it is used again. */
    private HttpResponse<String> sendTwice(Attempt attempt, JsonNode body)
            throws IOException, InterruptedException {
        try {
            return send(attempt, body);
        } catch (IOException e) {
            return send(attempt, body);
        }
    }

    private HttpResponse<String> send(Attempt attempt, JsonNode body)
            throws IOException, InterruptedException {
        Call call = attempt.call();
        String path =
                attempt.id().isEmpty()
                        ? shop.filled(call.method(), call.path())
                        : call.path().replaceAll("\\{[^}]+}", encoded(attempt.id()));
        HttpRequest.Builder request = request(path, call);
        String method = call.method().toUpperCase(Locale.ROOT);
        if (body.isMissingNode()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofByteArray(
                                    MAPPER.writeValueAsString(body).getBytes(UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, Call call) {
        boolean test = call.path().startsWith("/v1/test-");
        String key = test ? shop.shop().testKey() : shop.shop().liveKey();
        return HttpRequest.newBuilder(URI.create(service.base() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text.length() > 2_000 ? text.substring(0, 2_000) : text, UTF_8)
                .replace("+", "%20");
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    @Override
    public void close() {
        client.close();
    }
}
