package io.regulars.platform.http;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** JSpecify's nullness as it is seen at run time: it decides which fields a request must carry. */
final class Nullness {

    private Nullness() {}

    static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /**
     * Empty where nothing is promised: no record, no such component, or code that is not {@link
     * NullMarked}.
     */
    static Optional<Boolean> isRequired(Class<?> type, String component) {
        if (!type.isRecord() || !type.getPackage().isAnnotationPresent(NullMarked.class)) {
            return Optional.empty();
        }
        return Arrays.stream(type.getRecordComponents())
                .filter(c -> c.getName().equals(component))
                .findFirst()
                .map(c -> !isNullable(c.getAnnotatedType()));
    }

    static Optional<Boolean> isRequired(Class<?> type, int component) {
        RecordComponent[] components =
                type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return component < components.length
                ? isRequired(type, components[component].getName())
                : Optional.empty();
    }
}
