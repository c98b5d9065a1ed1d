package io.regulars.edge.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Reads records and knows where each begins. What cannot be read as a record costs its first line
 * only: reading goes on at the line below.
 */
final class RowReader implements AutoCloseable {

    static final int LONGEST_FIELD = 10_000;

    /** Beyond this a record is taken for the work of a quote that was never closed. */
    private static final int LONGEST_RECORD = 1 << 18;

    private final LongFunction<? extends InputStream> fromLine;
    private final char separator;
    private CsvReader<CsvRecord> csv;
    private Iterator<CsvRecord> records;
    private long linesBefore;
    private long nextLine;

    /**
     * @param fromLine opens the file at the start of a line
     */
    RowReader(LongFunction<? extends InputStream> fromLine, char separator, long firstLine) {
        this.fromLine = fromLine;
        this.separator = separator;
        this.csv = open(firstLine);
        this.records = csv.iterator();
        this.linesBefore = firstLine - 1;
        this.nextLine = firstLine;
    }

    /** The line behind the record that was read last. */
    long nextLine() {
        return nextLine;
    }

    /** The next record that is not an empty line; empty at the end of the file. */
    Optional<CsvRow> next() {
        while (true) {
            CsvRecord csvRecord;
            try {
                if (!records.hasNext()) {
                    return Optional.empty();
                }
                csvRecord = records.next();
            } catch (CsvParseException e) {
                return Optional.of(brokenLine(e));
            }
            long line = linesBefore + csvRecord.getStartingLineNumber();
            List<String> fields = csvRecord.getFields();
            nextLine = line + 1;
            for (String field : fields) {
                nextLine += lineEnds(field);
            }
            if (fields.size() > 1 || !fields.getFirst().isBlank()) {
                return Optional.of(checked(line, fields));
            }
        }
    }

    private CsvRow brokenLine(CsvParseException e) {
        if (e.getCause() instanceof IOException io) {
            throw new UncheckedIOException(io);
        }
        long line = nextLine;
        close();
        nextLine = line + 1;
        linesBefore = line;
        csv = open(nextLine);
        records = csv.iterator();
        return CsvRow.broken(
                line,
                "malformed_csv",
                "A quote is opened in this line and not closed, or there is text behind a closing one.");
    }

    private static CsvRow checked(long line, List<String> fields) {
        for (String field : fields) {
            if (field.length() > LONGEST_FIELD) {
                return CsvRow.broken(
                        line,
                        "too_long",
                        "A field has more than " + LONGEST_FIELD + " characters.");
            }
            if (field.indexOf('\0') >= 0) {
                return CsvRow.broken(line, "invalid_text", "The character U+0000 is not allowed.");
            }
            // What the decoder puts in the place of bytes that are not UTF-8.
            if (field.indexOf('\uFFFD') >= 0) {
                return CsvRow.broken(
                        line, "invalid_encoding", "This row is not text in UTF-8 throughout.");
            }
        }
        return new CsvRow(line, fields, null);
    }

    private static long lineEnds(String field) {
        long ends = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            boolean beforeLf = i + 1 < field.length() && field.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !beforeLf)) {
                ends++;
            }
        }
        return ends;
    }

    private CsvReader<CsvRecord> open(long line) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_RECORD)
                .build(
                        CsvRecordHandler.of(),
                        new InputStreamReader(fromLine.apply(line), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
