package io.regulars.edge.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.platform.db.TenantRef;
import io.regulars.testing.Cdnow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times imports, run by hand: {@code ImportBench [copies]}. The first round is cold, as after a
 * start; each goes into a shop of its own. With copies, the last one is so many times as long, with
 * new orders of the same members, to see that memory does not grow with the file.
 */
final class ImportBench {

    private static final Logger LOG = LoggerFactory.getLogger(ImportBench.class);

    private ImportBench() {}

    public static void main(String[] args) throws IOException {
        int copies = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        List<String> rows = Cdnow.rows();
        byte[] once = Cdnow.csv(rows).getBytes(UTF_8);
        try (ImportFixture fixture = new ImportFixture()) {
            for (int round = 1; round <= 3; round++) {
                run(fixture, "round " + round, rows.size(), new ByteArrayInputStream(once));
            }
            if (copies > 1) {
                run(fixture, copies + " copies", (long) rows.size() * copies, many(rows, copies));
            }
        }
    }

    private static void run(ImportFixture fixture, String what, long rows, InputStream csv) {
        TenantRef shop = fixture.shop();
        HeapPeak.reset();
        long start = System.nanoTime();
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, csv);
        long stored = System.nanoTime();
        fixture.workOff(shop);
        long done = System.nanoTime();
        LOG.info(
                "{}: {} rows stored in {} ms, applied in {} ms ({} a second in all), peak heap {} MB: {}",
                what,
                rows,
                (stored - start) / 1_000_000,
                (done - stored) / 1_000_000,
                rows * 1_000_000_000 / (done - start),
                HeapPeak.megabytes(),
                fixture.job(shop, id).counts());
    }

    private static InputStream many(List<String> rows, int copies) {
        InputStream all = new ByteArrayInputStream((Cdnow.HEADER + "\n").getBytes(UTF_8));
        String copy = String.join("\n", rows) + "\n";
        for (int i = 0; i < copies; i++) {
            all = new SequenceInputStream(all, utf8(copy.replace("cdnow,", "c" + i + ",")));
        }
        return all;
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
