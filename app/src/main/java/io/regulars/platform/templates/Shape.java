package io.regulars.platform.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model has in common with those of other mails, and the texts in which they differ. Two
 * models have the same shape when a template that only prints these texts does all else alike:
 * which keys there are, how long the lists, numbers, truth values, whether a text is empty, and
 * what templates look into.
 *
 * @param common the model with {@link Slot}s for the texts
 * @param size how many values the model has, texts and others
 */
record Shape(Map<String, Object> common, List<String> texts, int size) {

    /** What is the same in all mails of a shop. */
    private static final Set<String> OF_THE_SHOP = Set.of("brand", "sender", "unit");

    /** What templates choose by. */
    private static final Set<String> CHOICES = Set.of("type", "goal", "key");

    private static final List<Slot> SLOTS =
            IntStream.range(0, Slot.MOST).mapToObj(Slot::of).toList();

    static Shape of(Map<String, Object> cleanModel) {
        Taking taking = new Taking();
        Map<String, Object> common = taking.map(cleanModel);
        return new Shape(common, taking.texts, taking.size);
    }

    private static final class Taking {
        private final List<String> texts = new ArrayList<>();
        private int size;

        private Map<String, Object> map(Map<?, ?> model) {
            Map<String, Object> common = LinkedHashMap.newLinkedHashMap(model.size());
            model.forEach((key, value) -> {
                String name = String.valueOf(key);
                common.put(
                        name,
                        OF_THE_SHOP.contains(name) || CHOICES.contains(name)
                                ? value
                                : value(value));
            });
            return common;
        }

        private Object value(Object value) {
            size++;
            return switch (value) {
                case String text when !text.isEmpty() && texts.size() < Slot.MOST -> {
                    texts.add(text);
                    yield SLOTS.get(texts.size() - 1);
                }
                case Map<?, ?> map -> map(map);
                case List<?> list -> list.stream().map(this::value).toList();
                default -> value;
            };
        }
    }
}
