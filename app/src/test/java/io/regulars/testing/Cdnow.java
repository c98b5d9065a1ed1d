package io.regulars.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The purchases of CDNOW's customers who came first in early 1997 (Fader and Hardie): 69,659
 * purchases of 23,570 customers, $2,500,315.63, 80 of them of nothing. Some rows are equal in
 * everything and still purchases of their own, so an order's id is the number of its row.
 */
public final class Cdnow {

    public static final int PURCHASES = 69_659;
    public static final int MEMBERS = 23_570;
    public static final long CENTS = 250_031_563;
    public static final int OF_NOTHING = 80;

    public static final String HEADER = "source,order_id,member_external_id,purchased_at,amount";

    private Cdnow() {}

    /** One CSV row for each purchase, in the order of the data: by customer, then by day. */
    public static List<String> rows() {
        Path file = Path.of(System.getProperty("shared.data", ""), "cdnow", "CDNOW_master.txt.gz");
        Assumptions.assumeTrue(
                Files.exists(file), () -> "the CDNOW data is not on this machine: " + file);
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)), US_ASCII))) {
            List<String> lines = reader.lines().skip(1).filter(l -> !l.isBlank()).toList();
            return IntStream.range(0, lines.size())
                    .mapToObj(i -> row(i + 1, lines.get(i)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String csv(List<String> rows) {
        return HEADER + "\n" + String.join("\n", rows) + "\n";
    }

    private static String row(int number, String line) {
        String[] fields = line.strip().split("\\s+", -1);
        String day =
                fields[1].substring(0, 4)
                        + "-"
                        + fields[1].substring(4, 6)
                        + "-"
                        + fields[1].substring(6);
        long cents = new BigDecimal(fields[3]).movePointRight(2).longValueExact();
        return "cdnow," + number + "," + fields[0] + "," + day + "T12:00:00Z," + cents;
    }
}
