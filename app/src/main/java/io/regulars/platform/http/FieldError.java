package io.regulars.platform.http;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 * @param code stable, for programs
 * @param detail a sentence for people
 */
public record FieldError(String pointer, String code, String detail) {}
