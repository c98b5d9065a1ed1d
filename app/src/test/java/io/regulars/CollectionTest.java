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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/regulars.postman_collection.json} has every call of the OpenAPI document, with the
 * values of its example. {@code -Dregen=true} writes it anew.
 */
class CollectionTest {

    private static final Path FILE =
            Path.of(System.getProperty("root.dir"), "docs", "regulars.postman_collection.json");

    /** Where a parameter stands in the collection, by where it stands in the document. */
    private static final Map<String, String> PLACES = Map.of("path", "variable", "query", "query");

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
                                                                path.getKey(),
                                                                operation.getKey(),
                                                                operation.getValue()));
                                    }
                                }));
        ArrayNode items = collection.putArray("item");
        folders.forEach((tag, calls) -> items.addObject().put("name", tag).set("item", calls));
        return collection;
    }

    /** With the values of the document's examples, so that it can be sent at once. */
    private static ObjectNode request(String path, String method, JsonNode operation) {
        ObjectNode item = JSON.createObjectNode();
        String verb = method.toUpperCase(Locale.ROOT);
        item.put("name", operation.path("summary").asText(verb + " " + path));
        ObjectNode request = item.putObject("request").put("method", verb);
        request.set("url", url(path, operation));
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(type -> body(request, type.getKey(), type.getValue().path("example")));
        return item;
    }

    private static ObjectNode url(String path, JsonNode operation) {
        ObjectNode url = JSON.createObjectNode();
        String raw = path.replaceAll("\\{(\\w+)\\}", ":$1");
        url.put("raw", "{{base}}" + raw);
        url.putArray("host").add("{{base}}");
        ArrayNode segments = url.putArray("path");
        Arrays.stream(raw.substring(1).split("/", -1)).forEach(segments::add);
        for (JsonNode parameter : operation.path("parameters")) {
            String place = PLACES.getOrDefault(parameter.path("in").asText(), "");
            if (!place.isEmpty() && (parameter.has("example") || place.equals("variable"))) {
                url.withArrayProperty(place)
                        .addObject()
                        .put("key", parameter.path("name").asText())
                        .put("value", parameter.path("example").asText());
            }
        }
        return url;
    }

    private static void body(ObjectNode request, String type, JsonNode example) {
        if (!example.isMissingNode() && !request.has("body")) {
            request.putArray("header").addObject().put("key", "Content-Type").put("value", type);
            request.putObject("body")
                    .put("mode", "raw")
                    .put("raw", example.isTextual() ? example.asText() : example.toPrettyString());
        }
    }
}
