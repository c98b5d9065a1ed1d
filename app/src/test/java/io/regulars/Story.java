package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.testing.TestDatabase;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * {@code examples.yml}, told to a service call by call. What is different each time it is told
 * (ids, secrets, the moment) is replaced by what is always the same.
 */
final class Story {

    /** Ten in the morning in Vietnam. */
    static final Instant START = Instant.parse("2027-03-01T03:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LINK =
            Pattern.compile("https?://[^/\\s]+/[vpie]/([A-Za-z0-9_.-]+)");
    private static final Pattern ID = Pattern.compile("\\b([a-z]{2,4})_0[0-9a-z]{25}\\b");
    private static final Pattern SECRET =
            Pattern.compile("\\b(rk_live_|rk_test_|rs_|whsec_)[A-Za-z0-9+/=]{20,}");
    private static final Pattern MOMENT =
            Pattern.compile("\\b2027-03-01T0[34]:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern BASE = Pattern.compile("http://localhost:\\d+");
    private static final int LONGEST_LIST = 2;
    private static final int LONGEST_TEXT = 4_000;

    private final ObjectMapper json = new ObjectMapper();
    private final ServiceUnderTest service;
    private final Book book;
    private final Map<String, String> kept = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> looks = new LinkedHashSet<>();

    Story(ServiceUnderTest service) throws IOException {
        this.service = service;
        try (InputStream in =
                Objects.requireNonNull(Story.class.getResourceAsStream("/examples.yml"))) {
            this.book = new ObjectMapper(new YAMLFactory()).readValue(in, Book.class);
        }
    }

    record Book(Map<String, String> shown, List<Step> steps) {}

    /** One line of the story; {@code examples.yml} says what each part means. */
    record Step(
            String call,
            @JsonProperty("as") String who,
            Map<String, String> path,
            Map<String, String> query,
            JsonNode body,
            String csv,
            int status,
            JsonNode keep,
            JsonNode until,
            String mail,
            String sql) {

        Step {
            call = Objects.requireNonNullElse(call, "");
            who = Objects.requireNonNullElse(who, "live");
            path = Objects.requireNonNullElse(path, Map.of());
            query = Objects.requireNonNullElse(query, Map.of());
            body = Objects.requireNonNullElse(body, MissingNode.getInstance());
            csv = Objects.requireNonNullElse(csv, "");
            keep = Objects.requireNonNullElse(keep, MissingNode.getInstance());
            until = Objects.requireNonNullElse(until, MissingNode.getInstance());
            mail = Objects.requireNonNullElse(mail, "");
            sql = Objects.requireNonNullElse(sql, "");
        }

        String verb() {
            return call.substring(0, call.indexOf(' '));
        }

        String pathOfCall() {
            return call.substring(call.indexOf(' ') + 1);
        }
    }

    /** Tells it; answers the calls with what was asked and answered. */
    ObjectNode tell() {
        ObjectNode examples = json.createObjectNode();
        List<String> failures = new ArrayList<>();
        for (Step step : book.steps()) {
            try {
                take(step, examples);
            } catch (AssertionError | RuntimeException e) {
                failures.add(step.call() + ": " + e.getMessage());
            }
        }
        assertThat(failures).as("steps of examples.yml that do not work").isEmpty();
        return examples;
    }

    private void take(Step step, ObjectNode examples) {
        if (!step.mail().isEmpty()) {
            kept.put(step.keep().asText(), token(step.mail()));
        } else if (!step.sql().isEmpty()) {
            database(step.sql());
        } else {
            Response answer = call(step);
            keep(step, answer);
            record(examples.withObjectProperty(step.call()), step, answer);
        }
    }

    /** The addresses of the shop's own that the live key looked at. */
    Set<String> looks() {
        return looks;
    }

    /** What was kept under this name. */
    String kept(String name) {
        return Objects.requireNonNull(kept.get(name), name);
    }

    private Response call(Step step) {
        if (step.until().isMissingNode()) {
            return send(step);
        }
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> send(step), answer -> isThere(step.until(), answer));
    }

    private static boolean isThere(JsonNode until, Response answer) {
        if (until.isTextual()) {
            return answer.path(until.asText()) != null;
        }
        return until.properties().stream()
                .allMatch(field -> field.getValue().asText().equals(answer.path(field.getKey())));
    }

    private Response send(Step step) {
        RequestSpecification request = service.api();
        String who = step.who();
        if (!who.equals("nobody")) {
            request.header("Authorization", "Bearer " + kept.get(who));
        }
        parameters(step.path()).forEach(request::pathParam);
        parameters(step.query()).forEach(request::queryParam);
        if (!step.csv().isEmpty()) {
            request.contentType("text/csv;charset=UTF-8").body(step.csv());
        } else if (!step.body().isMissingNode()) {
            request.contentType("application/json").body(filled(step.body()).toString());
        } else {
            request.contentType("application/json");
        }
        Response answer = request.request(step.verb(), step.pathOfCall());
        if (step.verb().equals("GET") && who.equals("live")) {
            looks.add(address(step));
        }
        assertThat(answer.statusCode())
                .as(() -> step.call() + ": " + answer.asString())
                .isBetween(200, 299);
        if (step.status() > 0) {
            assertThat(answer.statusCode()).as(step.call()).isEqualTo(step.status());
        }
        return answer;
    }

    private String address(Step step) {
        String path = step.pathOfCall();
        for (Map.Entry<String, String> part : parameters(step.path()).entrySet()) {
            path = path.replace("{" + part.getKey() + "}", part.getValue());
        }
        String query =
                parameters(step.query()).entrySet().stream()
                        .map(part -> part.getKey() + "=" + part.getValue())
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private Map<String, String> parameters(Map<String, String> told) {
        Map<String, String> filled = new LinkedHashMap<>();
        told.forEach((name, value) -> filled.put(name, filled(value)));
        return filled;
    }

    private String filled(String text) {
        return text.startsWith("$")
                ? kept.getOrDefault(text.substring(1), "nothing was kept as " + text)
                : text;
    }

    private JsonNode filled(JsonNode told) {
        if (told.isTextual()) {
            return TextNode.valueOf(filled(told.asText()));
        }
        JsonNode copy = told.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(filled(field.getValue())));
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i)));
            }
        }
        return copy;
    }

    private void keep(Step step, Response answer) {
        step.keep()
                .properties()
                .forEach(field ->
                        kept.put(
                                field.getKey(),
                                String.valueOf(answer.<Object>path(field.getValue().asText()))));
    }

    private String token(String email) {
        String text =
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(
                                () -> service.newestMail(email),
                                mail ->
                                        LINK.matcher(mail).find()
                                                && !kept.containsValue(link(mail)));
        return link(text);
    }

    private static String link(String mail) {
        Matcher link = LINK.matcher(mail);
        return link.find() ? link.group(1) : "";
    }

    private void database(String sql) {
        UUID tenant = TenantId.parse(kept("tenant")).orElseThrow().uuid();
        String schema = TestDatabase.schema(service.database(), tenant, Side.LIVE);
        TestDatabase.change(service.database(), sql.replace("<live>", schema));
    }

    /** The first of several calls is the example; the others add answers of another status. */
    private void record(ObjectNode example, Step step, Response answer) {
        if (example.isEmpty()) {
            ObjectNode parameters = example.putObject("parameters");
            parameters(step.path()).forEach((name, value) -> parameters.put(name, same(value)));
            parameters(step.query()).forEach((name, value) -> parameters.put(name, same(value)));
            if (!step.csv().isEmpty()) {
                example.put("body", step.csv());
            } else if (!step.body().isMissingNode()) {
                example.set("body", same(filled(step.body())));
            }
            example.putObject("answers");
        }
        ObjectNode answers = (ObjectNode) example.path("answers");
        String status = Integer.toString(answer.statusCode());
        String type = String.valueOf(answer.contentType());
        if (!answers.has(status) && !step.call().endsWith("/openapi.json")) {
            if (type.startsWith("application/json")) {
                answers.set(status, shortened(same(tree(answer.asString()))));
            } else if (type.startsWith("text/csv")) {
                answers.put(status, same(answer.asString()));
            }
        }
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private JsonNode same(JsonNode node) {
        return tree(same(node.toString()));
    }

    /** What is different each time is replaced. */
    private String same(String text) {
        String always = BASE.matcher(text).replaceAll("https://regulars.example");
        for (Map.Entry<String, String> shown : book.shown().entrySet()) {
            String value = kept.get(shown.getKey());
            always = value == null ? always : always.replace(value, shown.getValue());
        }
        always =
                ID.matcher(always)
                        .replaceAll(id ->
                                ids.computeIfAbsent(
                                        id.group(),
                                        any ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%s_01m3j8hs00e8080000000%05d",
                                                        id.group(1),
                                                        ids.size() + 1)));
        always = SECRET.matcher(always).replaceAll("$1EXAMPLE00000000000000000000000000");
        return MOMENT.matcher(always).replaceAll(START.toString());
    }

    /** Two of a list show what it is like. */
    private static JsonNode shortened(JsonNode node) {
        if (node instanceof ArrayNode array) {
            while (array.size() > LONGEST_LIST) {
                array.remove(array.size() - 1);
            }
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(shortened(field.getValue())));
        } else {
            node.forEach(Story::shortened);
        }
        return node.isTextual() && node.asText().length() > LONGEST_TEXT
                ? TextNode.valueOf(node.asText().substring(0, LONGEST_TEXT))
                : node;
    }
}
