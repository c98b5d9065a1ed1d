package io.regulars.edge.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regulars.platform.http.Problem;
import io.regulars.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseImportTest extends EmptyShop {

    private static final String HEADER = "source,order_id,member_external_id,purchased_at,amount";

    @Test
    void aStoredFileIsQueuedAndItsLaneNoted() {
        fixture.noted.clear();
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, HEADER + "\n");
        assertThat(fixture.job(shop, id).state()).isEqualTo(ImportJob.State.QUEUED);
        assertThat(fixture.noted).containsExactly("imports");
        assertThat(fixture.work.nextDue(shop)).isPresent();
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).state()).isEqualTo(ImportJob.State.COMPLETED);
        assertThat(fixture.job(shop, id).counts().rows()).isZero();
        assertThat(fixture.work.nextDue(shop)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void separatorsByteOrderMarkQuotesLineEndsAndEmptyLinesDoNotMatter(String separator) {
        String csv =
                "\uFEFF\"SOURCE\",order_id,member_external_id,purchased_at,amount\r\n"
                        + "\r\n"
                        + "pos,\"a,;\t\"\"1\"\"\",m1,2026-01-02T10:00:00+07:00,1250\r\n"
                        + "\n"
                        + "pos,\"two\r\nlines\",m1,2026-01-03,1250\n"
                        + "pos,=1+1,m2,2026-01-03 10:00:00Z, 99 ";
        ImportJob job = run(csv.replace(",", separator));
        assertThat(job.error()).isNull();
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(3, 0, 0));
        assertThat(fixture.rows(shop, "select order_id from <t>.purchase order by purchased_at"))
                .extracting(row -> row.get("order_id"))
                .containsExactly("a,;\t\"1\"".replace(",", separator), "two\r\nlines", "=1+1");
        // A date is the start of that day where the shop is.
        assertThat(purchasedAt("two\r\nlines")).isEqualTo(Instant.parse("2026-01-02T17:00:00Z"));
    }

    @Test
    void rowsThatAreNotRightFailAloneAndSayWhyAndWhere() {
        ImportJob job =
                run(
                        String.join(
                                "\n",
                                HEADER,
                                "pos,1,m,2026-01-01,100",
                                "pos,2,m,2026-02-30,100",
                                "pos,3,m,2026-01-01,-1",
                                "pos,4,m,2026-01-01,12.50",
                                "pos,5,m,2026-01-01,99999999999999999999",
                                "pos,6,m,2026-01-01,9007199254740993",
                                "pos,,m,,",
                                "pos,8,m,2026-01-01",
                                "pos,9,m,2026-01-01,1,1",
                                "pos,10,m,2999-01-01,1",
                                "pos,11,m,2026-01-01T10:00:00,1",
                                "\"pos\"x,12,m,2026-01-01,1",
                                "pos,a\0b,m,2026-01-01,1",
                                "pos," + "x".repeat(10_001) + ",m,2026-01-01,1",
                                "pos," + "x".repeat(300) + ",m,2026-01-01,1",
                                "pos,1,m,2026-01-01,200",
                                "pos,1,m,2026-01-01,100",
                                "pos,16,m,2026-01-01,100",
                                "pos,\"17,m,2026-01-01,100"));
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(2, 1, 16));
        assertThat(fixture.errors(shop, job.id()))
                .containsExactly(
                        "3 invalid_time",
                        "4 out_of_range",
                        "5 not_a_whole_number",
                        "6 out_of_range",
                        "7 out_of_range",
                        "8 required",
                        "9 wrong_column_count",
                        "10 wrong_column_count",
                        "11 in_the_future",
                        "12 invalid_time",
                        "13 malformed_csv",
                        "14 invalid_text",
                        "15 too_long",
                        "16 invalid_text",
                        "17 already_recorded",
                        "20 malformed_csv");
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isEqualTo(2);
        assertThat(fixture.differences(shop)).isEmpty();
    }

    @Test
    void aRowWithBytesThatAreNotUtf8FailsAlone() {
        byte[] csv =
                (HEADER + "\npos,é,m,2026-01-01,1\npos,2,m,2026-01-01,1\n").getBytes(ISO_8859_1);
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, new ByteArrayInputStream(csv));
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).counts()).isEqualTo(new ImportJob.Counts(1, 0, 1));
        assertThat(fixture.errors(shop, id)).containsExactly("2 invalid_encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "pos,1,m,2026-01-01,100",
                "source,order_id,member_external_id,purchased_at,amount,colour",
                "source,order_id,member_external_id,purchased_at,amount,amount",
                "source,order_id,member_external_id,purchased_at",
                "source,order_id,member_external_id,purchased_at,amount,",
                "\"source,order_id",
                "sou\0rce"
            })
    void aFileWithoutARightHeaderFailsAsAWhole(String header) {
        ImportJob job = run(header + "\npos,1,m,2026-01-01,100\n");
        assertThat(job.state()).isEqualTo(ImportJob.State.FAILED);
        assertThat(job.error()).isNotBlank();
        assertThat(job.counts().rows()).isZero();
        assertThat(job.finishedAt()).isNotNull();
        assertThat(fixture.count(shop, "select count(*) from <t>.import_chunk")).isZero();
        assertThat(fixture.count(shop, "select count(*) from <t>.member")).isZero();
    }

    @Test
    void anUnknownColumnIsNamedWithTheKnownOnes() {
        assertThat(run(HEADER + ",colour\n").error())
                .contains("\"colour\"")
                .contains("line_amount");
    }

    @Test
    void utf16IsRefusedByName() {
        ImportId id =
                fixture.store(
                        shop,
                        ImportKind.PURCHASES,
                        new ByteArrayInputStream(HEADER.getBytes(UTF_16)));
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).error()).contains("UTF-16");
    }

    @Test
    void unknownMembersAreMadeAtTheirEarliestPurchaseWhereverItStands() {
        StringBuilder csv = new StringBuilder(HEADER).append("\npos,0,late,2026-03-03,100\n");
        IntStream.range(1, 1_500)
                .forEach(i -> csv.append("pos,").append(i).append(",other,2026-02-02,100\n"));
        csv.append("pos,last,late,2026-01-01,100\n");
        assertThat(run(csv.toString()).counts().imported()).isEqualTo(1_501);
        assertThat(joinedAt("late")).isEqualTo(Instant.parse("2025-12-31T17:00:00Z"));
        assertThat(fixture.count(shop, "select count(*) from <t>.member where marketing_email"))
                .isZero();

        run(HEADER + "\npos,older,late,2025-01-01,100\n");
        assertThat(joinedAt("late"))
                .as("a later import leaves members of an earlier one as they are")
                .isEqualTo(Instant.parse("2025-12-31T17:00:00Z"));
    }

    @Test
    void unknownMembersFailWhereTheyAreNotToBeMade() {
        fixture.imported(shop, ImportKind.MEMBERS, "external_id\nknown\n");
        ImportId id =
                fixture.storeImport.store(
                        shop,
                        ImportKind.PURCHASES,
                        new ImportJob.Options(false, null, false),
                        utf8(HEADER + "\npos,1,known,2026-01-01,1\npos,2,unknown,2026-01-01,1\n"));
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).counts()).isEqualTo(new ImportJob.Counts(1, 0, 1));
        assertThat(fixture.errors(shop, id)).containsExactly("3 member_not_found");
    }

    @Test
    void aBrokenUploadLeavesNothingThatRuns() {
        InputStream broken =
                new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("connection reset");
                    }
                };
        InputStream csv =
                new SequenceInputStream(
                        utf8(HEADER + "\n" + "pos,1,m,2026-01-01,1\n".repeat(100_000)), broken);
        assertThatThrownBy(() -> fixture.store(shop, ImportKind.PURCHASES, csv))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("broke off");
        assertThat(fixture.work.serve(shop)).isEmpty();
        assertThat(fixture.count(shop, "select count(*) from <t>.import_chunk")).isZero();
    }

    @Test
    void anUploadWhoseProcessDiedIsSwept() {
        ImportId id = ImportId.next();
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        fixture.tenants.run(
                shop,
                tx ->
                        new ImportDao(tx)
                                .insert(
                                        id,
                                        ImportKind.PURCHASES,
                                        new ImportJob.Options(true, null, false),
                                        longAgo));
        SweepUploads sweep = new SweepUploads(fixture.tenants, TestClock.CLOCK);
        assertThat(sweep.sweep(shop)).isOne();
        assertThat(sweep.sweep(shop)).isZero();
        assertThat(fixture.job(shop, id).error()).contains("broke off");
    }

    @Test
    void gzipIsToldByItsFirstBytesAndADamagedOneRefused() throws IOException {
        byte[] zipped = gzip(HEADER + "\npos,1,m,2026-01-01,1\n");
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, new ByteArrayInputStream(zipped));
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).counts().imported()).isOne();
        InputStream cut = new ByteArrayInputStream(Arrays.copyOf(zipped, zipped.length - 10));
        assertThatThrownBy(() -> fixture.store(shop, ImportKind.PURCHASES, cut))
                .isInstanceOf(Problem.class);
    }

    @Test
    void slicesOfOneBatchByWorkersThatKnowNothingAddUpToTheWholeFile() {
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, ImportFixture.nineThousandRows());
        int slices = 0;
        while (fixture.hastyWork().serve(shop).isPresent()) {
            slices++;
        }
        assertThat(slices).isGreaterThanOrEqualTo(8);
        fixture.assertNineThousand(shop, id);
    }

    @Test
    void errorsAreAFileWithoutFormulas() throws IOException {
        ImportJob job = run(HEADER + "\npos,1,m,2026-01-01,=2+2\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fixture.showImports.writeErrors(shop, job, out);
        assertThat(out.toString(UTF_8)).startsWith("line,code,detail\r\n2,not_a_whole_number,");
        try (SafeCsv csv = new SafeCsv(out)) {
            csv.row("=cmd()", "+1", "@x");
        }
        assertThat(out.toString(UTF_8)).endsWith("'=cmd(),'+1,'@x\r\n");
    }

    private ImportJob run(String csv) {
        return fixture.imported(shop, ImportKind.PURCHASES, csv);
    }

    private Instant joinedAt(String externalId) {
        return instant("select joined_at from <t>.member where external_id = :it", externalId);
    }

    private Instant purchasedAt(String orderId) {
        return instant("select purchased_at from <t>.purchase where order_id = :it", orderId);
    }

    private Instant instant(String select, String it) {
        return fixture.tenants.inTransaction(
                shop, tx -> tx.query(select).bind("it", it).mapTo(Instant.class).one());
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
