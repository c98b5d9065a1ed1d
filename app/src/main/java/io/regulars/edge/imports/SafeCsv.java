package io.regulars.edge.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Writes CSV in which no spreadsheet finds a formula. */
public final class SafeCsv implements AutoCloseable {

    /** Such as -12 or -0.5, of which a spreadsheet can make nothing else. */
    private static final Pattern NEGATIVE = Pattern.compile("-[0-9]{1,18}([.][0-9]{1,18})?");

    /**
     * What may stand before a formula. Where the comma is the decimal point Excel cuts at
     * semicolons instead, and heeds no quote in the middle of what it then takes for a cell: so a
     * cell of its own may begin behind each semicolon, tab and end of a line, with blanks and
     * quotes.
     */
    private static final Pattern FORMULA = Pattern.compile("((?:^|[;\\t\\r\\n])[ \"]*+)(?=[=+@-])");

    private final CsvWriter csv;

    public SafeCsv(OutputStream out) {
        this.csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    public void row(String... cells) {
        csv.writeRecord(Arrays.stream(cells).map(SafeCsv::harmless).toList());
    }

    /** An apostrophe makes text of what a spreadsheet would take for a formula. */
    private static String harmless(String cell) {
        if (NEGATIVE.matcher(cell).matches()) {
            return cell;
        }
        boolean opens = !cell.isEmpty() && "\t\r\n".indexOf(cell.charAt(0)) >= 0;
        return (opens ? "'" : "") + FORMULA.matcher(cell).replaceAll("$1'");
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
