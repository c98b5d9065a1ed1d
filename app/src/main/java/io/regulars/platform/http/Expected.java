package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a value should have been.
 *
 * @param code for a text that is not one, stable, for programs
 * @param words to follow "must be"
 */
record Expected(String code, String words) {

    private static final Set<Class<?>> WHOLE_NUMBERS =
            Set.of(
                    int.class,
                    Integer.class,
                    long.class,
                    Long.class,
                    short.class,
                    Short.class,
                    java.math.BigInteger.class);
    private static final Map<Class<?>, Expected> TEXTS =
            Map.of(
                    Instant.class,
                            new Expected("invalid_time", "a time such as 2026-01-31T09:30:00Z"),
                    LocalDate.class,
                            new Expected(
                                    "invalid_date", "a date of the calendar such as 2026-01-31"),
                    LocalDateTime.class,
                            new Expected(
                                    "invalid_time",
                                    "a local date and time such as 2027-03-01T10:00"),
                    LocalTime.class, new Expected("invalid_time", "a time of day such as 09:30"),
                    ZoneId.class,
                            new Expected("invalid_zone", "a time zone such as Asia/Ho_Chi_Minh"));

    /**
     * What a text for this type should look like; empty where the type is not written as a text.
     */
    static Optional<Expected> of(@Nullable Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        if (type.isEnum()) {
            return Optional.of(
                    new Expected("unknown_value", "one of " + String.join(", ", constants(type))));
        }
        return Optional.ofNullable(TEXTS.get(type));
    }

    /** What a JSON value for this type should be. */
    static String words(@Nullable Class<?> type) {
        Optional<Expected> text = of(type);
        if (text.isPresent()) {
            return text.get().words();
        }
        if (type == null) {
            return "of another type";
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    static List<String> constants(Class<?> type) {
        return Stream.of(type.getEnumConstants()).map(Expected::written).toList();
    }

    /** As {@link RecordIntrospector} has Jackson write it. */
    static String written(Object constant) {
        String name = ((Enum<?>) constant).name();
        try {
            JsonProperty given =
                    constant.getClass().getField(name).getAnnotation(JsonProperty.class);
            return given == null ? name.toLowerCase(Locale.ROOT) : given.value();
        } catch (NoSuchFieldException e) {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
