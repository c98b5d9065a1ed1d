package io.regulars.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a schema can tell apart in a JSON text: which fields with values of which kind, and every
 * word that may be one of a list. Two texts of one shape are both valid or both not, but for
 * lengths and bounds of numbers.
 */
final class Shape {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD = Pattern.compile("[A-Za-z_.:-]{0,40}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

    private Shape() {}

    static String of(String json) {
        try {
            StringBuilder shape = new StringBuilder();
            describe(JSON.readTree(json), shape);
            return shape.toString();
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    private static void describe(JsonNode node, StringBuilder shape) {
        switch (node.getNodeType()) {
            case OBJECT ->
                    node.properties().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .forEach(field -> {
                                shape.append('{').append(field.getKey()).append(' ');
                                describe(field.getValue(), shape);
                                shape.append('}');
                            });
            case ARRAY -> {
                TreeSet<String> elements = new TreeSet<>();
                for (JsonNode element : node) {
                    StringBuilder inner = new StringBuilder();
                    describe(element, inner);
                    elements.add(inner.toString());
                }
                shape.append(elements);
            }
            case STRING -> shape.append(word(node.textValue()));
            case NUMBER -> shape.append(node.isIntegralNumber() ? "n" : "d").append(sign(node));
            default -> shape.append(node.asText());
        }
    }

    /** Times, ids and keys by how they are written: 2026-11-22 is 0-0-0. */
    private static String word(String text) {
        if (WORD.matcher(text).matches()) {
            return '"' + text;
        }
        String digits = DIGITS.matcher(text).replaceAll("0");
        return '\'' + LETTERS.matcher(digits).replaceAll("a").replaceAll("[a0]{2,}", "x");
    }

    private static int sign(JsonNode number) {
        return Double.compare(number.asDouble(), 0);
    }
}
