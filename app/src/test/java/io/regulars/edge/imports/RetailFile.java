package io.regulars.edge.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * What the till of a British gift shop printed from December 2010 to December 2011 (UCI Online
 * Retail; Chen, Sain and Guo 2012): 541,909 lines of 25,900 invoices, as they are. No line ends
 * within a cell.
 */
final class RetailFile {

    static final int ALL = 541_909;

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private RetailFile() {}

    /**
     * A line of an invoice.
     *
     * @param line of the file, the header being 1
     * @param customer empty where the till did not know
     * @param pence quantity times price, negative where something came back
     */
    record Row(
            long line,
            String invoice,
            String stockCode,
            int quantity,
            Instant at,
            String customer,
            long pence) {

        boolean isCancellation() {
            return invoice.startsWith("C");
        }

        boolean isBadDebt() {
            return invoice.startsWith("A");
        }
    }

    /** The first lines as they are, with the header. */
    static InputStream raw(int lines) throws IOException {
        Path file =
                Path.of(
                        System.getProperty("shared.data", ""),
                        "online_retail",
                        "online_retail.csv.gz");
        Assumptions.assumeTrue(
                Files.exists(file), () -> "the retail data is not on this machine: " + file);
        InputStream all = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
        if (lines >= ALL) {
            return all;
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(all, UTF_8))) {
            String text = reader.lines().limit(lines + 1L).collect(Collectors.joining("\n"));
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }
    }

    static void forEach(int lines, Consumer<Row> taker) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(raw(lines))) {
            boolean isHeader = true;
            for (CsvRecord cells : csv) {
                if (!isHeader) {
                    taker.accept(row(cells));
                }
                isHeader = false;
            }
        }
    }

    private static Row row(CsvRecord cells) {
        int quantity = Integer.parseInt(cells.getField(3));
        String customer = cells.getField(6);
        return new Row(
                cells.getStartingLineNumber(),
                cells.getField(0),
                cells.getField(1),
                quantity,
                LocalDateTime.parse(cells.getField(4).replace(' ', 'T')).atZone(LONDON).toInstant(),
                customer.endsWith(".0") ? customer.substring(0, customer.length() - 2) : customer,
                new BigDecimal(cells.getField(5))
                        .multiply(BigDecimal.valueOf(quantity))
                        .movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }
}
