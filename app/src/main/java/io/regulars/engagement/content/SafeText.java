package io.regulars.engagement.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders, read. Filling it in takes time and room in proportion to its length: it
 * cannot repeat anything.
 */
final class SafeText {

    private final List<Node> nodes;

    SafeText(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** A part of a text. */
    sealed interface Node {

        record Literal(String text) implements Node {}

        record Value(String path, @Nullable String otherwise) implements Node {}

        record Choice(String path, List<Node> given, List<Node> missing) implements Node {}
    }

    /** What is wrong with a text, and where; both count from 1. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        final int line;
        final int column;
        final String code;

        Refused(int line, int column, String code, String detail) {
            super(detail);
            this.line = line;
            this.column = column;
            this.code = code;
        }
    }

    /**
     * Reads a text.
     *
     * @param known the paths that may be named
     * @param optional those of them that may have no value, and so need a default or a question
     */
    static SafeText parse(String text, Set<String> known, Set<String> optional) throws Refused {
        return new TextParser(text, known, optional).parse();
    }

    /**
     * The text for somebody.
     *
     * @param longest more is cut off
     */
    String fill(Map<String, String> values, int longest) {
        StringBuilder out = new StringBuilder();
        fill(nodes, values, out, longest);
        return out.length() <= longest ? out.toString() : out.substring(0, longest);
    }

    private static void fill(
            List<Node> nodes, Map<String, String> values, StringBuilder out, int longest) {
        for (Node node : nodes) {
            if (out.length() > longest) {
                return;
            }
            switch (node) {
                case Node.Literal literal -> out.append(literal.text());
                case Node.Value value -> {
                    String found = values.get(value.path());
                    if (found != null && !found.isEmpty()) {
                        out.append(found);
                    } else if (value.otherwise() != null) {
                        out.append(value.otherwise());
                    }
                }
                case Node.Choice choice -> {
                    boolean given = !values.getOrDefault(choice.path(), "").isEmpty();
                    fill(given ? choice.given() : choice.missing(), values, out, longest);
                }
            }
        }
    }

    /** Collects the nodes of one branch. */
    static final class Branch {
        private final List<Node> nodes = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        void add(char c) {
            literal.append(c);
        }

        void add(Node node) {
            end();
            nodes.add(node);
        }

        List<Node> end() {
            if (!literal.isEmpty()) {
                nodes.add(new Node.Literal(literal.toString()));
                literal.setLength(0);
            }
            return nodes;
        }
    }
}
