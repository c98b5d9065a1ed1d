package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.platform.http.OpenApiDocument;
import io.regulars.platform.http.OpenApiResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/regulars.postman_collection.json} has every call of the OpenAPI document. {@code
 * -Dregen=true} writes it anew.
 */
class CollectionTest {

    private static final Path FILE =
            Path.of(System.getProperty("root.dir"), "docs", "regulars.postman_collection.json");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void theCollectionIsInStepWithTheCode() throws IOException {
        JsonNode document =
                JSON.readTree(OpenApiDocument.json(OpenApiResource.withItself(House.resources())));
        String collection = JSON.writeValueAsString(collection(document)) + "\n";
        if (Boolean.getBoolean("regen")) {
            Files.writeString(FILE, collection);
        }
        assertThat(Files.readString(FILE)).isEqualTo(collection);
    }

    private static ObjectNode collection(JsonNode document) {
        ObjectNode collection = JSON.createObjectNode();
        collection
                .putObject("info")
                .put("name", "Regulars")
                .put(
                        "schema",
                        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        ObjectNode auth = collection.putObject("auth").put("type", "bearer");
        auth.putArray("bearer")
                .addObject()
                .put("key", "token")
                .put("value", "{{key}}")
                .put("type", "string");
        ArrayNode variables = collection.putArray("variable");
        variables.addObject().put("key", "base").put("value", "http://localhost:8080");
        variables.addObject().put("key", "key").put("value", "rk_test_");
        Map<String, ArrayNode> folders = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation -> {
                                    if (List.of("get", "put", "post", "patch", "delete")
                                            .contains(operation.getKey())) {
                                        String tag =
                                                operation
                                                        .getValue()
                                                        .path("tags")
                                                        .path(0)
                                                        .asText("Other");
                                        folders.computeIfAbsent(tag, any -> JSON.createArrayNode())
                                                .add(
                                                        request(
                                                                document,
                                                                path.getKey(),
                                                                operation.getKey(),
                                                                operation.getValue()));
                                    }
                                }));
        ArrayNode items = collection.putArray("item");
        folders.forEach((tag, calls) -> items.addObject().put("name", tag).set("item", calls));
        return collection;
    }

    private static ObjectNode request(
            JsonNode document, String path, String method, JsonNode operation) {
        ObjectNode item = JSON.createObjectNode();
        String verb = method.toUpperCase(Locale.ROOT);
        item.put("name", operation.path("summary").asText(verb + " " + path));
        ObjectNode request = item.putObject("request").put("method", verb);
        String url = "{{base}}" + path.replaceAll("\\{(\\w+)\\}", ":$1");
        request.put("url", url);
        JsonNode schema =
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema");
        if (!schema.isMissingNode()) {
            request.putArray("header")
                    .addObject()
                    .put("key", "Content-Type")
                    .put("value", "application/json");
            request.putObject("body")
                    .put("mode", "raw")
                    .put("raw", sample(document, schema, 0).toPrettyString());
        }
        return item;
    }

    /** The fields that must be there, each with its example or something of its type. */
    private static JsonNode sample(JsonNode document, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return sample(
                    document, document.at(schema.path("$ref").asText().substring(1)), depth + 1);
        }
        if (schema.has("example")) {
            return schema.path("example");
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText("object");
        return switch (name) {
            case "string" -> JSON.getNodeFactory().textNode(schema.path("enum").path(0).asText(""));
            case "integer", "number" -> JSON.getNodeFactory().numberNode(0);
            case "boolean" -> JSON.getNodeFactory().booleanNode(false);
            case "array" -> JSON.createArrayNode();
            default -> {
                ObjectNode object = JSON.createObjectNode();
                if (depth < 6) {
                    schema.path("properties")
                            .properties()
                            .forEach(field ->
                                    object.set(
                                            field.getKey(),
                                            sample(document, field.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }
}
