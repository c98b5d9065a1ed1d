package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one shape of every refusal (RFC 9457).
 *
 * @param members further members, such as {@code required} and {@code available}
 */
@Schema(
        name = "Problem",
        description = "Why a request was refused (RFC 9457). Further members may be there.",
        additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
record ProblemDetails(
        @Schema(
                        description = "Where the code is explained",
                        example = "/docs/errors#validation_failed")
                String type,
        @Schema(example = "The request is understood but not right") String title,
        @Schema(example = "422") int status,
        @Schema(description = "A sentence for people", example = "amount must not be negative.")
                String detail,
        @Schema(description = "Stable, for programs", example = "validation_failed") String code,
        @Schema(
                        description = "Name it when asking for help",
                        example = "req_01k4wzt2q5e0t9g5w4v8c3n7ya")
                @Nullable String requestId,
        @Schema(description = "What is wrong with which part") @Nullable List<FieldError> errors,
        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDetails of(Problem problem, @Nullable String requestId) {
        ProblemType type = problem.type();
        List<FieldError> errors = problem.errors().isEmpty() ? null : problem.errors();
        return new ProblemDetails(
                type.uri(),
                type.title(),
                type.status(),
                problem.detail(),
                type.code(),
                requestId,
                errors,
                problem.members());
    }
}
