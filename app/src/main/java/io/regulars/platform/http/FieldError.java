package io.regulars.platform.http;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 * @param code stable, for programs
 * @param detail a sentence for people
 */
public record FieldError(
        @Schema(
                        description =
                                "JSON pointer (RFC 6901) into the body, or `?name` for a query parameter",
                        example = "/lines/0/amount")
                String pointer,
        @Schema(description = "Stable, for programs", example = "out_of_range") String code,
        @Schema(description = "A sentence for people", example = "amount must not be negative.")
                String detail) {}
