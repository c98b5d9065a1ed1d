package io.regulars.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** {@code sensible-bodies.yml}: for each call a body that would be taken, on a certain shop. */
public final class SensibleBodies {

    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z]+)}");

    private final JsonNode bodies;
    private final Map<String, String> ids;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * @param ids of the shop's things, by the names they have in the file
     */
    public SensibleBodies(Map<String, String> ids) {
        this.ids = ids;
        try (InputStream file =
                SensibleBodies.class.getResourceAsStream("/sensible-bodies.yml")) {
            // Jackson reads an alias as a text; SnakeYAML itself puts what it stands for.
            Object read = new Yaml().load(Objects.requireNonNull(file));
            this.bodies = new ObjectMapper().valueToTree(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names still stand in it; {@link #filled} puts the values. Missing for an unknown call. */
    public JsonNode template(String method, String path) {
        return bodies.path(method + " " + path);
    }

    /** With ids and a fresh number. */
    public JsonNode filled(JsonNode template) {
        int number = numbers.incrementAndGet();
        return template.isMissingNode() ? MissingNode.getInstance() : filled(template, number);
    }

    private JsonNode filled(JsonNode node, int number) {
        if (node.isTextual() && node.textValue().contains("${")) {
            Matcher names = NAME.matcher(node.textValue());
            return TextNode.valueOf(
                    names.replaceAll(
                            found -> Matcher.quoteReplacement(value(found.group(1), number))));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties()
                    .forEach(field -> copy.set(field.getKey(), filled(field.getValue(), number)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(filled(item, number)));
            return copy;
        }
        return node;
    }

    private String value(String name, int number) {
        return switch (name) {
            case "n" -> Integer.toString(number);
            case "dollar" -> "$";
            default -> ids.getOrDefault(name, "${" + name + "}");
        };
    }
}
