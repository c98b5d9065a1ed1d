package io.regulars.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All calls of the OpenAPI document, each with a body that has every field it may have. */
public final class DocumentedCalls {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final int DEEPEST = 7;

    private final JsonNode document;

    public DocumentedCalls(String document) {
        try {
            this.document = new ObjectMapper().readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an OpenAPI document", e);
        }
    }

    /**
     * A call.
     *
     * @param query the names of its query parameters
     * @param body an example; missing where it takes no JSON
     */
    public record Call(String method, String path, List<String> query, JsonNode body) {}

    public List<Call> all() {
        List<Call> calls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    calls.add(call(operation.getKey(), path.getKey(), operation.getValue()));
                }
            }
        }
        return calls;
    }

    private Call call(String method, String path, JsonNode operation) {
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("query")) {
                query.add(resolved.path("name").asText());
            }
        }
        JsonNode schema =
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema");
        JsonNode body = schema.isMissingNode() ? NODES.missingNode() : example(schema, 0);
        return new Call(method, path, query, body);
    }

    private JsonNode example(JsonNode unresolved, int depth) {
        JsonNode schema = resolved(unresolved);
        for (String either : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(either).size() > 0) {
                return example(schema.path(either).get(0), depth);
            }
        }
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            default -> NODES.textNode(text(schema.path("format").asText()));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth < DEEPEST) {
            for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
                object.set(field.getKey(), example(field.getValue(), depth + 1));
            }
            if (schema.path("additionalProperties").isObject()) {
                object.set("key", example(schema.path("additionalProperties"), depth + 1));
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        if (depth < DEEPEST) {
            array.add(example(schema.path("items"), depth + 1));
        }
        return array;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).asText();
        }
        return type.isMissingNode() && schema.has("properties") ? "object" : type.asText("string");
    }

    private static String text(String format) {
        return switch (format) {
            case "date-time" -> "2026-05-01T08:00:00Z";
            case "date" -> "2026-05-01";
            case "email" -> "somebody@example.com";
            case "uri" -> "https://example.com/";
            default -> "text";
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode node = schema;
        while (node.has("$ref")) {
            node = document.at(node.get("$ref").asText().substring(1));
        }
        return node;
    }
}
