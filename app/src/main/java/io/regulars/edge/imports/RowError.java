package io.regulars.edge.imports;

/**
 * What is wrong with one row.
 *
 * @param line of the file, from 1; the row's first one
 * @param code stable, for programs
 * @param detail a sentence for people
 */
record RowError(long line, String code, String detail) {}
