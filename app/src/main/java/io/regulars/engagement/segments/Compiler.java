package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.platform.http.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns a filter into one condition. Names come from {@link Fact} and operators from a fixed list;
 * everything else that the filter says is bound. It finds all mistakes, each with its place.
 */
final class Compiler {

    static final int MOST_CONDITIONS = 50;
    static final int DEEPEST = 6;

    private final Circumstances circumstances;
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private int conditions;

    Compiler(Circumstances circumstances) {
        this.circumstances = circumstances;
    }

    /**
     * A filter as understood.
     *
     * @param errors all that is wrong with it; what is wrong fits nobody
     */
    record Compiled(Predicate predicate, List<FieldError> errors) {}

    /**
     * @param pointer where the filter stands in the request
     */
    Compiled compile(JsonNode filter, String pointer) {
        String sql = node(filter, pointer, 1);
        if (conditions > MOST_CONDITIONS) {
            errors.add(
                    new FieldError(
                            pointer,
                            "too_many_conditions",
                            "At most "
                                    + MOST_CONDITIONS
                                    + " conditions; these are "
                                    + conditions
                                    + "."));
        }
        return new Compiled(new Predicate(sql, Map.copyOf(values)), List.copyOf(errors));
    }

    private String node(JsonNode node, String pointer, int depth) {
        if (depth > DEEPEST) {
            return refuse(pointer, "too_deep", "At most " + DEEPEST + " levels.");
        }
        if (!node.isObject()) {
            return refuse(pointer, "wrong_type", "Must be an object with all, any, not, or field.");
        }
        for (String group : List.of("all", "any", "not")) {
            if (node.has(group)) {
                if (node.size() > 1) {
                    return refuse(
                            pointer, "one_of", "Beside " + group + " there can be nothing else.");
                }
                String inside = pointer + "/" + group;
                return group.equals("not")
                        ? "(not " + node(node.get(group), inside, depth + 1) + ")"
                        : group(node.get(group), inside, depth, group.equals("all"));
            }
        }
        return condition(node, pointer);
    }

    private String group(JsonNode parts, String pointer, int depth, boolean all) {
        if (!parts.isArray() || parts.isEmpty()) {
            return refuse(pointer, "wrong_type", "Must be a list with at least one condition.");
        }
        if (parts.size() > MOST_CONDITIONS) {
            return refuse(
                    pointer, "too_many_conditions", "At most " + MOST_CONDITIONS + " conditions.");
        }
        List<String> sql = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            sql.add(node(parts.get(i), pointer + "/" + i, depth + 1));
        }
        return "(" + String.join(all ? " and " : " or ", sql) + ")";
    }

    private String condition(JsonNode node, String pointer) {
        conditions++;
        Set<String> strange = new TreeSet<>();
        node.fieldNames().forEachRemaining(strange::add);
        strange.removeAll(Set.of("field", "op", "value", "within_days"));
        strange.forEach(
                name -> refuse(pointer + "/" + name, "unknown_field", "There is no such field."));
        if (conditions > MOST_CONDITIONS) {
            return "false";
        }
        return new Condition(node, pointer, circumstances, values, errors).sql();
    }

    private String refuse(String pointer, String code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
        return "false";
    }
}
