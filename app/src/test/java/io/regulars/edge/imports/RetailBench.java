package io.regulars.edge.imports;

import io.regulars.platform.db.TenantRef;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports the whole till and writes what came out, run by hand: {@code RetailBench <report.md>}.
 * Without the full path of a report it is only logged.
 */
final class RetailBench {

    private static final Logger LOG = LoggerFactory.getLogger(RetailBench.class);

    private RetailBench() {}

    /**
     * One import.
     *
     * @param peaks megabytes of heap at the peak of each quarter of the file
     */
    private record Run(
            String what, ImportId id, long rows, long stored, long applied, List<Long> peaks) {

        long rate() {
            return rows * 1_000 / (stored + applied);
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.1f s | %.1f s | %,d | %s |",
                    what,
                    rows,
                    stored / 1_000.0,
                    applied / 1_000.0,
                    rate(),
                    peaks.stream().map(String::valueOf).collect(Collectors.joining(" / ")));
        }
    }

    public static void main(String[] args) throws IOException, SQLException {
        Path csv = Files.createTempFile("retail", ".csv");
        try (ImportFixture fixture = new ImportFixture();
                Connection connection = fixture.superuser()) {
            RetailConverter.Report report;
            try (BufferedWriter writer = Files.newBufferedWriter(csv)) {
                report = RetailConverter.convert(RetailFile.ALL, writer);
            }
            TenantRef shop = fixture.shop("GBP");
            List<Run> runs = new ArrayList<>();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            runs.add(run(fixture, shop, "first time", csv, report.written()));
            ImportJob.Counts first = fixture.job(shop, runs.getFirst().id()).counts();
            List<String> failed =
                    fixture
                            .rows(
                                    shop,
                                    "select code, count(*) as n from <t>.import_error group by code order by n desc, code")
                            .stream()
                            .map(row -> row.get("code") + " | import | " + row.get("n"))
                            .toList();
            runs.add(run(fixture, shop, "the same file again", csv, report.written()));
            RetailTruth truth =
                    RetailTruth.load(
                            connection, RetailFile.raw(RetailFile.ALL), report.originals());
            String text = text(report, runs, first, failed, checks(fixture, shop, truth), load);
            LOG.info("{}", text);
            if (args.length > 0) {
                Files.writeString(Path.of(args[0]), text);
            }
        } finally {
            Files.delete(csv);
        }
    }

    private static Run run(ImportFixture fixture, TenantRef shop, String what, Path csv, long rows)
            throws IOException {
        System.gc();
        HeapPeak.reset();
        long start = System.nanoTime();
        ImportId id;
        try (InputStream in = Files.newInputStream(csv)) {
            id = fixture.store(shop, ImportKind.PURCHASES, in);
        }
        long stored = System.nanoTime();
        List<Long> peaks = new ArrayList<>();
        while (fixture.work.serve(shop).isPresent()) {
            if (fixture.job(shop, id).checkpoint() > (peaks.size() + 1) * rows / 4) {
                peaks.add(HeapPeak.megabytes());
                HeapPeak.reset();
            }
        }
        peaks.add(HeapPeak.megabytes());
        long done = System.nanoTime();
        return new Run(
                what, id, rows, (stored - start) / 1_000_000, (done - stored) / 1_000_000, peaks);
    }

    private static List<String> checks(ImportFixture fixture, TenantRef shop, RetailTruth truth)
            throws SQLException {
        return List.of(
                "members (and the purchases of nobody) whose net spend, points, purchases or refunds differ | "
                        + truth.differences(shop).size(),
                "rows that can be imported, by SQL over the lines | " + truth.importableRows(),
                "cancellations given to an invoice that cannot be theirs | "
                        + truth.wrongOriginals().size(),
                "cancellations for which a later or any invoice would have done | "
                        + truth.missedOriginals().size(),
                "accounts whose ledger does not come to their balance | "
                        + fixture.differences(shop).size(),
                "members | " + fixture.count(shop, "select count(*) from <t>.member"),
                "purchases | " + fixture.count(shop, "select count(*) from <t>.purchase"),
                "refunds | " + fixture.count(shop, "select count(*) from <t>.refund"),
                "net spend, in pence | "
                        + fixture.count(
                                shop, "select sum(amount - refunded)::bigint from <t>.purchase"),
                "points | " + fixture.count(shop, "select sum(balance)::bigint from <t>.account"));
    }

    private static String text(
            RetailConverter.Report report,
            List<Run> runs,
            ImportJob.Counts first,
            List<String> failed,
            List<String> checks,
            double load) {
        List<String> lines = new ArrayList<>();
        lines.add("# A real till through the import");
        lines.add("");
        lines.add(
                "Written by `RetailBench` in the tests. UCI Online Retail (Chen, Sain and Guo 2012): 541,909 lines of a");
        lines.add(
                "British gift shop. One point for each whole pound. A cancellation becomes the refund of the latest earlier");
        lines.add(
                "invoice of the same customer that has as many of the same goods left, for as much money.");
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Load when it began: %.1f. Heap allowed: %d MB.",
                        load,
                        Runtime.getRuntime().maxMemory() >> 20));
        lines.add("");
        lines.add(
                "| | rows | stored in | applied in | rows a second | heap at the peak of each quarter, MB |");
        lines.add("|---|---|---|---|---|---|");
        runs.forEach(run -> lines.add(run.line()));
        lines.add("");
        lines.add("First time: " + first);
        lines.add("");
        lines.add("| left out, or refused | by | lines |");
        lines.add("|---|---|---|");
        Stream.concat(
                        report.reasons().entrySet().stream()
                                .map(one -> one.getKey() + " | converter | " + one.getValue()),
                        failed.stream())
                .forEach(one -> lines.add("| " + one + " |"));
        lines.add("");
        lines.add("An order of a file may have 10,000 lines; the longest here are far from that.");
        lines.add("");
        lines.add("| compared with SQL over the lines | |");
        lines.add("|---|---|");
        checks.forEach(check -> lines.add("| " + check + " |"));
        return String.join("\n", lines) + "\n";
    }
}
