package io.regulars.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;

/** The JSON Schema (2020-12) of a record, for editors: what we would read, and nothing else. */
public final class JsonSchemas {

    private static final String COMPONENTS = "#/components/schemas/";

    private JsonSchemas() {}

    /** The same code gives the same text, so it can be kept in the tree. */
    @SuppressWarnings("rawtypes") // swagger-core's Schema has a type parameter that nobody fills
    public static String of(Class<?> root, String title) {
        OpenApiSchemas schemas = new OpenApiSchemas();
        Schema ref = schemas.of(root);
        ObjectMapper mapper = Json31.mapper();
        ObjectNode document = mapper.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", title);
        document.put("$ref", "#/$defs/" + ref.get$ref().substring(COMPONENTS.length()));
        ObjectNode definitions = document.putObject("$defs");
        schemas.all()
                .forEach((name, schema) ->
                        definitions.set(name, closed(mapper.valueToTree(schema))));
        try {
            return Json31.pretty()
                            .writeValueAsString(document)
                            .replace(COMPONENTS, "#/$defs/")
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unknown fields are refused, so an editor marks them too. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        return schema;
    }
}
