package io.regulars.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes bodies that are wrong, or odd, in one place each. */
public final class OddBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OddBodies() {}

    /** The same body once for each of its values, with another one in that place. */
    public static List<JsonNode> with(JsonNode body, JsonNode value) {
        List<JsonNode> bodies = new ArrayList<>();
        places(body, path -> bodies.add(changed(body, path, value)));
        return bodies;
    }

    /** The same body once for each of its texts, with another text there. */
    public static List<JsonNode> withText(JsonNode body, String text) {
        List<JsonNode> bodies = new ArrayList<>();
        places(
                body,
                path -> {
                    if (at(body, path).isTextual()) {
                        bodies.add(changed(body, path, NODES.textNode(text)));
                    }
                });
        return bodies;
    }

    /** Of every type, and beyond every limit. */
    public static List<JsonNode> values() {
        return List.of(
                NODES.nullNode(),
                NODES.numberNode(0),
                NODES.numberNode(-1),
                NODES.numberNode(1.5),
                NODES.numberNode(Long.MAX_VALUE),
                NODES.numberNode(BigInteger.TEN.pow(40)),
                NODES.booleanNode(true),
                NODES.textNode(""),
                NODES.textNode("9".repeat(400)),
                NODES.arrayNode(),
                NODES.arrayNode().add(NODES.nullNode()),
                NODES.objectNode(),
                NODES.objectNode().put("unknown", "x"));
    }

    private static void places(JsonNode body, Consumer<List<Object>> each) {
        places(body, List.of(), each);
    }

    private static void places(JsonNode node, List<Object> path, Consumer<List<Object>> each) {
        if (!path.isEmpty()) {
            each.accept(path);
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                places(field.getValue(), longer(path, field.getKey()), each);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places(array.get(i), longer(path, i), each);
            }
        }
    }

    private static List<Object> longer(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static JsonNode at(JsonNode body, List<Object> path) {
        JsonNode node = body;
        for (Object step : path) {
            node = step instanceof Integer index ? node.get(index) : node.get((String) step);
        }
        return node;
    }

    private static JsonNode changed(JsonNode body, List<Object> path, JsonNode value) {
        JsonNode copy = body.deepCopy();
        JsonNode parent = at(copy, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.set((String) path.getLast(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set((Integer) path.getLast(), value);
        }
        return copy;
    }
}
