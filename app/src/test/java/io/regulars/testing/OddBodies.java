package io.regulars.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes bodies that are wrong, or odd, in one place each. */
public final class OddBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OddBodies() {}

    /**
     * A body that is wrong in one place.
     *
     * @param place a JSON pointer
     */
    public record Odd(JsonNode body, String place) {}

    /**
     * The sensible body once for each value that it or the example has, with another one in that
     * place.
     *
     * @param example has every field that there is
     */
    public static List<Odd> with(JsonNode sensible, JsonNode example, JsonNode value) {
        return places(sensible, example, false).stream()
                .map(path -> changed(sensible, example, path, value))
                .toList();
    }

    /** The same with another text wherever there is one. */
    public static List<Odd> withText(JsonNode sensible, JsonNode example, String text) {
        return places(sensible, example, true).stream()
                .map(path -> changed(sensible, example, path, NODES.textNode(text)))
                .toList();
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

    private static Set<List<Object>> places(JsonNode sensible, JsonNode example, boolean texts) {
        Set<List<Object>> all = new LinkedHashSet<>();
        places(sensible, List.of(), texts, all);
        places(example, List.of(), texts, all);
        return all;
    }

    private static void places(
            JsonNode node, List<Object> path, boolean texts, Set<List<Object>> all) {
        if (!path.isEmpty() && (!texts || node.isTextual())) {
            all.add(path);
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                places(field.getValue(), longer(path, field.getKey()), texts, all);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places(array.get(i), longer(path, i), texts, all);
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
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node;
    }

    private static Odd changed(
            JsonNode sensible, JsonNode example, List<Object> path, JsonNode value) {
        JsonNode copy = sensible.deepCopy();
        List<Object> within = path.subList(0, path.size() - 1);
        // What the sensible body does without is taken from the example, as far up as need be.
        for (int depth = 1; depth <= within.size(); depth++) {
            List<Object> some = within.subList(0, depth);
            if (!at(copy, some).isContainerNode()) {
                set(copy, some, at(example, some).deepCopy());
                break;
            }
        }
        set(copy, path, value);
        return new Odd(
                copy, path.stream().map(step -> "/" + step).collect(Collectors.joining()));
    }

    private static void set(JsonNode body, List<Object> path, JsonNode value) {
        JsonNode parent = at(body, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.set((String) path.getLast(), value);
        } else if (parent instanceof ArrayNode array) {
            int index = (Integer) path.getLast();
            if (index < array.size()) {
                array.set(index, value);
            } else {
                array.add(value);
            }
        }
    }
}
