package io.regulars.engagement.churn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.regulars.testing.Cdnow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** CDNOW's buyers as the published models see them: the first 39 weeks, and the 39 after them. */
final class CdnowRhythms {

    /** The last day that a model may know of. */
    static final LocalDate HALF = LocalDate.of(1997, 9, 30);

    private CdnowRhythms() {}

    /** The sample of 2,357 buyers with times rounded to two decimals, as most have published. */
    static List<Rhythm> summary() {
        return lines("cdnow_customers_summary.csv").stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(one ->
                        new Rhythm(
                                Integer.parseInt(one[1]),
                                Double.parseDouble(one[2]),
                                Double.parseDouble(one[3])))
                .toList();
    }

    /** The sample's purchases by the number of the buyer, in the order of the summary. */
    static Map<String, List<Instant>> sample() {
        return lines("CDNOW_sample.txt").stream()
                .map(line -> line.strip().split("\\s+", -1))
                .collect(
                        groupingBy(
                                one -> one[1],
                                TreeMap::new,
                                mapping(
                                        one ->
                                                noon(
                                                        LocalDate.parse(
                                                                one[2],
                                                                DateTimeFormatter.BASIC_ISO_DATE)),
                                        toList())));
    }

    /** All 23,570 buyers' purchases, by buyer. */
    static Map<String, List<Instant>> everybody() {
        return Cdnow.rows().stream()
                .map(row -> row.split(",", -1))
                .collect(
                        groupingBy(
                                one -> one[2],
                                TreeMap::new,
                                mapping(one -> Instant.parse(one[3]), toList())));
    }

    static Rhythm atHalf(List<Instant> purchases) {
        return Rhythm.of(purchases, ZoneOffset.UTC, HALF).orElseThrow();
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    private static List<String> lines(String name) {
        Path file = Path.of(System.getProperty("shared.data", ""), "cdnow", name);
        Assumptions.assumeTrue(
                Files.exists(file), () -> "the CDNOW data is not on this machine: " + file);
        try {
            return Files.readAllLines(file, US_ASCII).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
