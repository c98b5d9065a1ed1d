package io.regulars.edge.imports;

import io.regulars.platform.http.FieldError;

/**
 * What is wrong with one row.
 *
 * @param line of the file, from 1; the row's first one
 * @param code stable, for programs
 * @param detail a sentence for people
 */
record RowError(long line, String code, String detail) {

    /**
     * The same in the words of the file.
     *
     * @param column what the field is called there; empty where the error is about the whole row
     */
    static RowError of(long line, String column, FieldError error) {
        String field = error.pointer().substring(error.pointer().lastIndexOf('/') + 1);
        String detail = error.detail();
        if (!column.isEmpty()) {
            detail =
                    detail.startsWith(field + " ")
                            ? column + detail.substring(field.length())
                            : column + ": " + detail;
        }
        return new RowError(line, error.code(), detail);
    }
}
