package io.regulars.platform.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads query and path parameters as strictly as bodies: enums in lower case, times and dates, true
 * or false.
 */
@Priority(1)
final class ParamManners implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(
            Class<T> type, Type generic, Annotation[] annotations) {
        Function<String, ?> parse = parser(type);
        return parse == null
                ? null
                : (ParamConverter<T>) new Strict<>(parse, type, List.of(annotations));
    }

    private static @Nullable Function<String, ?> parser(Class<?> type) {
        if (type.isEnum()) {
            return text -> constant(type, text);
        }
        if (type == Instant.class) {
            return text -> OffsetDateTime.parse(text).toInstant();
        }
        if (type == LocalDate.class) {
            return LocalDate::parse;
        }
        if (type == ZoneId.class) {
            return ZoneId::of;
        }
        return type == boolean.class || type == Boolean.class ? ParamManners::truth : null;
    }

    private static Object constant(Class<?> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(c -> Expected.written(c).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private record Strict<T>(Function<String, T> parse, Class<?> type, List<Annotation> annotations)
            implements ParamConverter<T> {

        @Override
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null; // the parameter is absent
            }
            try {
                return parse.apply(text);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw refusal();
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }

        private Problem refusal() {
            for (Annotation annotation : annotations) {
                if (annotation instanceof PathParam path) {
                    return Problem.notFound(path.value());
                }
                if (annotation instanceof QueryParam query) {
                    String code = Expected.of(type).map(Expected::code).orElse("invalid_value");
                    return Problem.invalid(
                            "?" + query.value(),
                            code,
                            query.value() + " must be " + Expected.words(type) + ".");
                }
            }
            return Problem.of(
                    ProblemType.BAD_REQUEST,
                    "A header or cookie must be " + Expected.words(type) + ".");
        }
    }
}
