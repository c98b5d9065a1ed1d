package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.TenantRef;
import io.regulars.testing.Cdnow;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real shop's history. */
class CdnowImportTest {

    /** The whole file is imported by the journey that begins with it, and measured elsewhere. */
    private static final int PART = 8_000;

    private static List<String> rows;
    private static ImportFixture fixture;

    @BeforeAll
    static void open() {
        rows = Cdnow.rows();
        fixture = new ImportFixture();
    }

    @AfterAll
    static void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void comesOutWithTheTotalsOfTheFileAndASecondTimeChangesNothing() {
        TenantRef shop = fixture.shop();
        List<String> part = rows.subList(0, PART);
        ImportJob job = fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(part));

        assertThat(job.state()).isEqualTo(ImportJob.State.COMPLETED);
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(PART, 0, 0));
        assertAllIn(shop);
        assertThat(fixture.count(shop, "select count(*) from <t>.import_chunk")).isZero();
        assertThat(
                        fixture.count(
                                shop,
                                "select count(*) from <t>.event where type = 'import.completed'"))
                .isOne();
        assertThat(
                        fixture.count(
                                shop,
                                """
                                select count(*) from <t>.member m
                                 where m.joined_at <> (select min(purchased_at) from <t>.purchase where member_id = m.id)
                                """))
                .isZero();

        long entries = fixture.count(shop, "select count(*) from <t>.ledger_entry");
        ImportJob again = fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(part));
        assertThat(again.counts()).isEqualTo(new ImportJob.Counts(0, PART, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.ledger_entry")).isEqualTo(entries);
        assertAllIn(shop);
    }

    @Test
    void twiceAtOnceWithTwoWorkersMakesNoDoubles() throws Exception {
        TenantRef shop = fixture.shop();
        List<String> part = rows.subList(0, 6_000);
        ImportId one = fixture.store(shop, ImportKind.PURCHASES, Cdnow.csv(part));
        ImportId other = fixture.store(shop, ImportKind.PURCHASES, Cdnow.csv(part));
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> ends =
                    List.of(
                            workers.submit(() -> fixture.workOff(shop)),
                            workers.submit(() -> fixture.workOff(shop)));
            for (Future<?> end : ends) {
                end.get();
            }
        }
        assertThat(fixture.job(shop, one).counts()).isEqualTo(new ImportJob.Counts(6_000, 0, 0));
        assertThat(fixture.job(shop, other).counts()).isEqualTo(new ImportJob.Counts(0, 6_000, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(6_000);
        assertThat(fixture.differences(shop)).isEmpty();
    }

    @Test
    void filesWithOverlappingRowsAddUpToTheirUnion() {
        TenantRef shop = fixture.shop();
        fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows.subList(0, 3_000)));
        ImportJob second =
                fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows.subList(2_000, 5_000)));
        assertThat(second.counts()).isEqualTo(new ImportJob.Counts(2_000, 1_000, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(5_000);
        assertPointsFollowSpending(shop);
    }

    private static void assertAllIn(TenantRef shop) {
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(PART);
        long spent =
                rows.stream()
                        .limit(PART)
                        .mapToLong(row -> Long.parseLong(row.substring(row.lastIndexOf(',') + 1)))
                        .sum();
        assertThat(fixture.count(shop, "select sum(amount)::bigint from <t>.purchase"))
                .isEqualTo(spent);
        assertPointsFollowSpending(shop);
    }

    private static void assertPointsFollowSpending(TenantRef shop) {
        assertThat(
                        fixture.count(
                                shop,
                                """
                                select count(*) from <t>.account a
                                 where a.balance <> (select floor(sum(p.amount) / 100) from <t>.purchase p
                                                      where p.member_id = a.member_id)
                                """))
                .isZero();
        assertThat(fixture.differences(shop)).isEmpty();
    }
}
