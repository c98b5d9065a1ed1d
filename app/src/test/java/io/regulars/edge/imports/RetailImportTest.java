package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.TenantRef;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** The first weeks of a real till; {@link RetailBench} takes all of it. */
class RetailImportTest {

    private static final int LINES = 20_000;

    @Test
    void everyMemberHasWhatTheTillSaysAndASecondTimeChangesNothing() throws Exception {
        StringBuilder csv = new StringBuilder();
        RetailConverter.Report report = RetailConverter.convert(LINES, csv);
        assertThat(report.written() + report.leftOut().size()).isEqualTo(LINES);
        try (ImportFixture fixture = new ImportFixture();
                Connection connection = fixture.superuser()) {
            RetailTruth truth =
                    RetailTruth.load(connection, RetailFile.raw(LINES), report.originals());
            assertThat(report.originals()).isNotEmpty();
            assertThat(truth.wrongOriginals()).isEmpty();
            assertThat(truth.missedOriginals()).isEmpty();

            TenantRef shop = fixture.shop("GBP");
            ImportJob job = fixture.imported(shop, ImportKind.PURCHASES, csv.toString());
            long sound = truth.importableRows();
            assertThat(job.counts())
                    .isEqualTo(new ImportJob.Counts(sound, 0, report.written() - sound));
            assertThat(truth.differences(shop)).isEmpty();
            assertThat(fixture.differences(shop)).isEmpty();
            assertThat(
                            fixture.rows(
                                    shop,
                                    "select type from <t>.event where type like 'purchase.%'"))
                    .isEmpty();

            ImportJob again = fixture.imported(shop, ImportKind.PURCHASES, csv.toString());
            assertThat(again.counts())
                    .isEqualTo(new ImportJob.Counts(0, sound, report.written() - sound));
            assertThat(truth.differences(shop)).isEmpty();
        }
    }
}
