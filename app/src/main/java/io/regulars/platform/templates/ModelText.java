package io.regulars.platform.templates;

import io.regulars.platform.smtp.HeaderText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a model with harmless texts: nulls are left out, so that a template sees them as
 * missing.
 */
final class ModelText {
    private ModelText() {}

    static Map<String, Object> clean(Map<?, ?> model) {
        Map<String, Object> result = new LinkedHashMap<>();
        model.forEach((key, value) -> {
            Object clean = clean(value);
            if (clean != null) {
                result.put(String.valueOf(key), clean);
            }
        });
        return result;
    }

    private static @Nullable Object clean(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> clean(text);
            case Map<?, ?> map -> clean(map);
            case Iterable<?> items -> cleanList(items);
            case Boolean bool -> bool;
            case Integer number -> number;
            case Long number -> number;
            default ->
                    throw new IllegalArgumentException(
                            "A template takes texts, not " + value.getClass().getName());
        };
    }

    private static List<Object> cleanList(Iterable<?> items) {
        List<Object> result = new ArrayList<>();
        for (Object item : items) {
            Object clean = clean(item);
            if (clean != null) {
                result.add(clean);
            }
        }
        return result;
    }

    /** Line breaks stay, for a postal address has lines; every other invisible mischief goes. */
    private static String clean(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '\t' || !isKept(point)) {
                return cleaned(text);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\t', ' ')
                .codePoints()
                .filter(ModelText::isKept)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static boolean isKept(int point) {
        return point == '\n' || !HeaderText.isHarmful(point);
    }
}
