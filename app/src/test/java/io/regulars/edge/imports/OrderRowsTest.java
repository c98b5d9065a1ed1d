package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders that stand in several rows of a file, a row for each of their lines. */
class OrderRowsTest extends EmptyShop {

    @Test
    void linesOfAnOrderFollowEachOtherAndCountInRows() {
        ImportJob job =
                run(
                        String.join(
                                "\n",
                                ImportFixture.LINES_HEADER,
                                "pos,1,m,2026-01-01,1000,A,food,2,600",
                                "pos,1,m,2026-01-01,1000,B,,,400",
                                "pos,2,m,2026-01-01,1000,A,,1,600",
                                "pos,2,m,2026-01-01,1000,B,,1,401",
                                "pos,3,m,2026-01-01,1000,A,,1,600",
                                "pos,3,m,2026-01-01,1001,B,,1,400",
                                "pos,4,m,2026-01-01,500,A,,0,500",
                                "pos,4,m,2026-01-01,500,A,,1,0",
                                "pos,5,m,2026-01-01,500,A,,1,",
                                "pos,6,,2026-01-01,500,,,,",
                                "pos,6,,2026-01-01,500,,,,",
                                "pos,1,m,2026-01-01,1000,C,,1,1"));
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(3, 1, 8));
        assertThat(fixture.errors(shop, job.id()))
                .containsExactly(
                        "4 lines_exceed_amount",
                        "5 order_refused",
                        "6 order_refused",
                        "7 order_differs",
                        "8 out_of_range",
                        "9 order_refused",
                        "10 required",
                        "13 already_recorded");
        assertThat(
                        fixture.rows(
                                shop,
                                "select line_id, sku, quantity from <t>.purchase_line order by"
                                        + " line_no"))
                .extracting(Object::toString)
                .containsExactly(
                        "{line_id=1, sku=A, quantity=2}", "{line_id=2, sku=B, quantity=1}");
    }

    @Test
    void anOrderThatARowWithoutItsNumberCutsInTwoIsRefusedAndCanBeMended() {
        String file =
                String.join(
                        "\n",
                        ImportFixture.LINES_HEADER,
                        "pos,1,m,2026-01-01,1000,A,,1,500",
                        "pos,1,m,2026-01-01,1000,B;,,1,300,",
                        "pos,1,m,2026-01-01,1000,C,,1,200",
                        "pos,2,m,2026-01-01,700,A,,1,500",
                        "pos,2,m,2026-01-01,700,B,,1,200",
                        "\"pos\"x,2,m,2026-01-01,700,C,,1,0",
                        "pos,3,m,2026-01-01,700,,,,",
                        "pos,,m,2026-01-01,700,A,,1,0",
                        "pos,4,m,2026-01-01,700,A,,1,699");
        ImportJob job = run(file);
        assertThat(fixture.errors(shop, job.id()))
                .containsExactly(
                        "2 order_refused",
                        "3 wrong_column_count",
                        "4 order_refused",
                        "7 malformed_csv",
                        "9 required",
                        "10 order_refused");
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(3, 0, 6));
        assertThat(run(file.replace("B;,,1,300,", "B,,1,300")).counts())
                .isEqualTo(new ImportJob.Counts(3, 3, 3));
    }

    @Test
    void aRowThatCutsAnOrderInTwoDoesSoBetweenTwoSlicesToo() {
        StringBuilder file = new StringBuilder(ImportFixture.LINES_HEADER).append('\n');
        IntStream.range(0, 998)
                .forEach(i -> file.append("pos,s").append(i).append(",m,2026-01-01,100,,,,\n"));
        file.append("pos,1,m,2026-01-01,1000,A,,1,500\nbroken\npos,1,m,2026-01-01,1000,C,,1,200");
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, file.toString());
        while (fixture.hastyWork().serve(shop).isPresent()) {
            // the next slice
        }
        assertThat(fixture.errors(shop, id))
                .containsExactly(
                        "1000 order_refused", "1001 wrong_column_count", "1002 order_refused");
    }

    @Test
    void anOrderMayHaveMoreLinesThanARequest() {
        String row = "pos,1,m,2026-01-01,120000,A,,1,100\n";
        String file = ImportFixture.LINES_HEADER + "\n" + row.repeat(1_200);
        assertThat(run(file).counts()).isEqualTo(new ImportJob.Counts(1_200, 0, 0));
        assertThat(run(file).counts()).isEqualTo(new ImportJob.Counts(0, 1_200, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase_line")).isEqualTo(1_200);
        assertThat(fixture.count(shop, "select sum(balance) from <t>.account")).isEqualTo(1_200);
    }

    @Test
    void anOrderOfEndlessRowsIsRefusedOnce() {
        String row = "pos,1,m,2026-01-01,1000,A,,1,0\n";
        ImportJob job =
                run(
                        ImportFixture.LINES_HEADER
                                + "\n"
                                + row.repeat(10_500)
                                + "pos,2,m,2026-01-01,1,,,,\n");
        assertThat(job.counts()).isEqualTo(new ImportJob.Counts(1, 0, 10_500));
        assertThat(fixture.count(shop, "select count(*) from <t>.purchase")).isOne();
    }

    private ImportJob run(String csv) {
        return fixture.imported(shop, ImportKind.PURCHASES, csv);
    }
}
