package io.regulars.platform.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller is told about as problem details (RFC 9457). Rolls back the transaction
 * it passes.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> members;
    private final @Nullable Duration retryAfter;

    private Problem(
            ProblemType type,
            String detail,
            List<FieldError> errors,
            Map<String, Object> members,
            @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = errors;
        this.members = members;
        this.retryAfter = retryAfter;
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of(), null);
    }

    /** 422 for one field. */
    public static Problem invalid(String pointer, String code, String detail) {
        return invalid(List.of(new FieldError(pointer, code, detail)));
    }

    /** 422 for all that is wrong with a request. */
    public static Problem invalid(List<FieldError> errors) {
        return new Problem(
                ProblemType.VALIDATION_FAILED,
                summary(errors),
                List.copyOf(errors),
                Map.of(),
                null);
    }

    private static String summary(List<FieldError> errors) {
        return errors.size() == 1
                ? errors.getFirst().detail()
                : errors.size() + " things are not right; errors says which.";
    }

    public static Problem notFound(String what) {
        return of(ProblemType.NOT_FOUND, "There is no such " + what + ".");
    }

    /** The same with one more member of the answer, such as {@code required} or {@code member}. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, detail(), errors, more, retryAfter);
    }

    /** The same with the fields it is about. */
    public Problem at(String pointer, String code) {
        return new Problem(
                type,
                detail(),
                List.of(new FieldError(pointer, code, detail())),
                members,
                retryAfter);
    }

    /** The same with these fields in place of its own. */
    Problem about(List<FieldError> fields) {
        boolean summed = detail().equals(summary(errors));
        return new Problem(
                type,
                summed ? summary(fields) : detail(),
                List.copyOf(fields),
                members,
                retryAfter);
    }

    /** The same with a {@code Retry-After}. */
    public Problem retryAfter(Duration wait) {
        return new Problem(type, detail(), errors, members, wait);
    }

    /** As it is told where it is not the whole answer, but one part of many. */
    public Object asPart() {
        return ProblemDetails.of(this, null);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return Optional.ofNullable(getMessage()).orElse(type.title());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return members;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
