/**
 * Histories from elsewhere: CSV files of members and of purchases. Owns the imports among {@code
 * import_job}, {@code import_chunk} and {@code import_error}. A file is stored first, in pieces,
 * each in a transaction of its own, and applied later by the lane {@code imports}, one file of a
 * tenant after the other. Each batch of rows is one transaction, opened here, that also moves the
 * checkpoint (a line of the file): whoever takes over after a crash goes on exactly there. Every
 * row ends up imported, unchanged or failed, and the same file again changes nothing.
 *
 * <p>A row that is not right fails alone and says why; so does one with bytes that are not UTF-8 or
 * with a quote that is never closed. A file without a usable header fails as a whole.
 */
@NullMarked
package io.regulars.edge.imports;

import org.jspecify.annotations.NullMarked;
