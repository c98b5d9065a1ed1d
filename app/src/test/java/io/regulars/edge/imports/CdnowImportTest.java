package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.TenantRef;
import io.regulars.testing.Cdnow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real shop's history. */
class CdnowImportTest {

    private static final Logger LOG = LoggerFactory.getLogger(CdnowImportTest.class);

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
    void comesOutWithTheTotalsOfTheDataAndASecondTimeChangesNothing() {
        TenantRef shop = fixture.shop();
        long start = System.nanoTime();
        ImportJob job = fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info(
                "{} purchases in {} ms: {} a second",
                Cdnow.PURCHASES,
                took.toMillis(),
                Cdnow.PURCHASES * 1000L / took.toMillis());

        assertThat(job.state()).isEqualTo(ImportJob.State.COMPLETED);
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(Cdnow.PURCHASES, 0, 0));
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
        ImportJob again = fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows));
        assertThat(again.counts()).isEqualTo(new ImportJob.Counts(0, Cdnow.PURCHASES, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.ledger_entry")).isEqualTo(entries);
        assertAllIn(shop);
    }

    @Test
    void twiceAtOnceWithTwoWorkersMakesNoDoubles() throws Exception {
        TenantRef shop = fixture.shop();
        List<String> part = rows.subList(0, 12_000);
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
        assertThat(fixture.job(shop, one).counts()).isEqualTo(new ImportJob.Counts(12_000, 0, 0));
        assertThat(fixture.job(shop, other).counts()).isEqualTo(new ImportJob.Counts(0, 12_000, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(12_000);
        assertThat(fixture.differences(shop)).isEmpty();
    }

    @Test
    void filesWithOverlappingRowsAddUpToTheirUnion() {
        TenantRef shop = fixture.shop();
        fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows.subList(0, 6_000)));
        ImportJob second =
                fixture.imported(shop, ImportKind.PURCHASES, Cdnow.csv(rows.subList(4_000, 9_000)));
        assertThat(second.counts()).isEqualTo(new ImportJob.Counts(3_000, 2_000, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(9_000);
        assertPointsFollowSpending(shop);
    }

    private static void assertAllIn(TenantRef shop) {
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase"))
                .isEqualTo(Cdnow.PURCHASES);
        assertThat(fixture.count(shop, "select sum(amount)::bigint from <t>.purchase"))
                .isEqualTo(Cdnow.CENTS);
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase where amount = 0"))
                .isEqualTo(Cdnow.OF_NOTHING);
        assertThat(fixture.count(shop, "select count(*) from <t>.member")).isEqualTo(Cdnow.MEMBERS);
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
