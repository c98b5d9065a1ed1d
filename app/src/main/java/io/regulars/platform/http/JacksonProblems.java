package io.regulars.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.DateTimeException;
import java.time.Year;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson says about a body, in the words of the API: 400 for what cannot be decoded, 422 with
 * a pointer for what is decoded and refused.
 */
final class JacksonProblems {

    private static final int KNOWN_FIELDS_SHOWN = 15;
    private static final Pattern ASIDE =
            Pattern.compile(
                    "(?s)(, from `.*|: enable `JsonReadFeature.*| \\(start marker at .*|\\n.*)$");

    private JacksonProblems() {}

    /** Empty where the fault is ours, not the caller's. */
    static Optional<Problem> of(JacksonException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Problem problem -> {
                    return Optional.of(below(pointer(exception), problem));
                }
                case InputCoercionException e -> {
                    return Optional.of(outOfRange(pointer(exception), e));
                }
                case StreamReadException e -> {
                    return Optional.of(malformed(e));
                }
                case StreamConstraintsException e -> {
                    return Optional.of(malformed(e));
                }
                default -> {}
            }
        }
        return exception instanceof JsonMappingException mapping
                ? refused(mapping)
                : Optional.empty();
    }

    private static Problem malformed(JacksonException e) {
        return Problem.of(
                ProblemType.MALFORMED_JSON,
                "The body is not valid JSON"
                        + place(e.getLocation())
                        + ": "
                        + plain(e.getOriginalMessage())
                        + ".");
    }

    private static Problem outOfRange(String pointer, InputCoercionException e) {
        String detail = "A number is beyond what can be held" + place(e.getLocation()) + ".";
        return Problem.of(ProblemType.NUMBER_OUT_OF_RANGE, detail)
                .at(pointer, "number_out_of_range");
    }

    private static Optional<Problem> refused(JsonMappingException e) {
        String pointer = pointer(e);
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    Optional.of(unknownField(pointer, unknown));
            case InvalidDefinitionException _ -> Optional.empty();
            case InvalidNullException _ -> Optional.of(missing(pointer));
            case InvalidTypeIdException _ ->
                    Optional.of(
                            Problem.invalid(
                                    pointer,
                                    "unknown_value",
                                    FieldError.name(pointer) + " is of a kind that is not known."));
            case InvalidFormatException format -> Optional.of(badFormat(pointer, format));
            case ValueInstantiationException value -> badValue(pointer, value);
            case MismatchedInputException mismatch -> Optional.of(mismatched(pointer, mismatch));
            default -> badValue(pointer, e);
        };
    }

    private static Problem mismatched(String pointer, MismatchedInputException e) {
        String message = e.getOriginalMessage();
        // Jackson has no type of its own for these two.
        if (message.startsWith("Trailing token")) {
            return Problem.of(
                    ProblemType.MALFORMED_JSON,
                    "The body holds more than one JSON value" + place(e.getLocation()) + ".");
        }
        if (message.startsWith("Missing required creator property")
                || message.startsWith("Cannot map `null` into type")) {
            return missing(pointer);
        }
        return wrongType(pointer, e.getTargetType());
    }

    private static Problem missing(String pointer) {
        return Problem.invalid(pointer, "required", FieldError.name(pointer) + " is required.");
    }

    private static Problem unknownField(String pointer, UnrecognizedPropertyException e) {
        Collection<Object> known = Optional.ofNullable(e.getKnownPropertyIds()).orElse(List.of());
        String hint =
                known.isEmpty() || known.size() > KNOWN_FIELDS_SHOWN
                        ? ""
                        : " Known here: "
                                + known.stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".";
        return Problem.invalid(
                pointer,
                "unknown_field",
                FieldError.name(pointer) + " is not a field of this object." + hint);
    }

    private static Problem badFormat(String pointer, InvalidFormatException e) {
        Class<?> target = e.getTargetType();
        if (target == Texts.class) {
            return Problem.invalid(
                    pointer,
                    "invalid_text",
                    FieldError.name(pointer) + " holds U+0000 or half of a surrogate pair.");
        }
        if (target == Year.class) {
            return Problem.invalid(
                    pointer,
                    "out_of_range",
                    FieldError.name(pointer)
                            + " must lie in the years "
                            + StrictValues.EARLIEST_YEAR
                            + " to "
                            + StrictValues.LATEST_YEAR
                            + ".");
        }
        if (!(e.getValue() instanceof String)) {
            return wrongType(pointer, target);
        }
        return Expected.of(target)
                .map(expected ->
                        Problem.invalid(
                                pointer,
                                expected.code(),
                                FieldError.name(pointer) + " must be " + expected.words() + "."))
                .orElseGet(() -> wrongType(pointer, target));
    }

    private static Problem wrongType(String pointer, @Nullable Class<?> target) {
        return Problem.invalid(
                pointer,
                "wrong_type",
                FieldError.name(pointer) + " must be " + Expected.words(target) + ".");
    }

    /**
     * A constructor or factory of ours refused the value; what it said is not made for the outside.
     */
    private static Optional<Problem> badValue(String pointer, JsonMappingException e) {
        Throwable cause = e.getCause();
        boolean refusedByType =
                cause instanceof IllegalArgumentException || cause instanceof DateTimeException;
        return refusedByType
                ? Optional.of(
                        Problem.invalid(
                                pointer,
                                "invalid_value",
                                FieldError.name(pointer) + " is not a valid value."))
                : Optional.empty();
    }

    /** A record does not know where in the body it stands, so its pointers are taken from there. */
    private static Problem below(String place, Problem problem) {
        if (place.isEmpty() || problem.errors().isEmpty()) {
            return problem;
        }
        List<FieldError> errors =
                problem.errors().stream()
                        .map(e ->
                                new FieldError(
                                        e.pointer().startsWith("?")
                                                ? e.pointer()
                                                : place + e.pointer(),
                                        e.code(),
                                        e.detail()))
                        .toList();
        return problem.about(errors);
    }

    private static String pointer(JacksonException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "";
        }
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            String name = step.getFieldName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? step.getIndex()
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String plain(String message) {
        return ASIDE.matcher(message).replaceFirst("");
    }
}
