package io.regulars.platform.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples of calls and their answers, as a real service gave them to a shop that does everything
 * once; a test asks the same again. A call without any stays without.
 */
final class OpenApiExamples {

    private static final String FILE = "/docs/examples.json";

    private static final TypeReference<Map<String, Recorded>> CALLS = new TypeReference<>() {};

    private final Map<String, Recorded> calls = read();

    /**
     * A call that was made.
     *
     * @param parameters of path and query, by name
     * @param body a text where it is no JSON
     * @param answers by their status
     */
    record Recorded(
            Map<String, String> parameters,
            @Nullable JsonNode body,
            Map<String, JsonNode> answers) {}

    /**
     * Puts the examples into the description of a call.
     *
     * @param call such as {@code GET /v1/members/{id}}
     */
    void illustrate(String call, Operation operation) {
        Recorded recorded = calls.get(call);
        if (recorded == null) {
            return;
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> illustrate(parameter, recorded));
        }
        if (recorded.body() != null && operation.getRequestBody() != null) {
            content(operation.getRequestBody().getContent(), recorded.body());
        }
        recorded.answers()
                .forEach((status, answer) ->
                        Optional.ofNullable(operation.getResponses().get(status))
                                .ifPresent(response -> content(response.getContent(), answer)));
    }

    /** A refusal of each kind, by its code. */
    static Map<String, Example> refusals() {
        Map<String, Example> all = new TreeMap<>();
        Stream.of(ProblemType.values())
                .forEach(type ->
                        all.put(
                                type.code(),
                                new Example().summary(type.title()).value(refusal(type))));
        return all;
    }

    private static JsonNode refusal(ProblemType type) {
        Problem problem =
                type == ProblemType.VALIDATION_FAILED
                        ? Problem.invalid("/amount", "out_of_range", "Must not be negative.")
                        : Problem.of(type, type.title() + ".");
        return JsonManners.mapper()
                .valueToTree(ProblemDetails.of(problem, "req_01k4wzt2q5e0t9g5w4v8c3n7ya"));
    }

    private static void illustrate(Parameter parameter, Recorded recorded) {
        String value = recorded.parameters().get(parameter.getName());
        if (value != null) {
            parameter.setExample(value);
        }
    }

    private static void content(@Nullable Map<String, MediaType> content, JsonNode example) {
        if (content != null) {
            MediaType type = content.get(example.isTextual() ? "text/csv" : "application/json");
            if (type != null) {
                type.setExample(example.isTextual() ? example.asText() : example);
            }
        }
    }

    private static Map<String, Recorded> read() {
        try (InputStream in = OpenApiExamples.class.getResourceAsStream(FILE)) {
            return in == null ? Map.of() : new ObjectMapper().readValue(in, CALLS);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
