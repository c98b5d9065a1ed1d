package io.regulars.loyalty.law;

/**
 * Something that may be wrong in law.
 *
 * @param rule such as {@code R03}; {@code docs/program.md} lists them
 * @param pointer into the program; {@code /reason} and {@code /effective_at} are said with its
 *     publication
 */
public record Doubt(String rule, String pointer, String detail) {}
