package io.regulars.platform.http;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 * @param code stable, for programs
 * @param detail a sentence for people
 * @param line in a text that is wrong at one place; counts from 1
 * @param column in that line; counts from 1
 */
public record FieldError(
        @Schema(
                        description =
                                "JSON pointer (RFC 6901) into the body, or `?name` for a query parameter",
                        example = "/lines/0/amount")
                String pointer,
        @Schema(description = "Stable, for programs", example = "out_of_range") String code,
        @Schema(description = "A sentence for people", example = "amount must not be negative.")
                String detail,
        @Schema(description = "Of a text that is wrong at one place; counts from 1")
                @Nullable Integer line,
        @Schema(description = "In that line; counts from 1") @Nullable Integer column) {

    /**
     * A detail that begins with "Must" gets the field's name in front: it also stands alone, as the
     * problem's own detail, and there it has to say what it is about.
     */
    public FieldError {
        if (detail.startsWith("Must ") && !pointer.isEmpty()) {
            detail = name(pointer) + " m" + detail.substring(1);
        }
    }

    public FieldError(String pointer, String code, String detail) {
        this(pointer, code, detail, null, null);
    }

    /** What a pointer's last part is called in a sentence. */
    static String name(String pointer) {
        if (pointer.isEmpty()) {
            return "The body";
        }
        if (pointer.startsWith("?")) {
            return pointer.substring(1);
        }
        int last = pointer.lastIndexOf('/');
        String name = pointer.substring(last + 1);
        boolean inAList = last > 0 && name.matches("[0-9]+");
        return (inAList ? name(pointer.substring(0, last)) + "/" + name : name)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
