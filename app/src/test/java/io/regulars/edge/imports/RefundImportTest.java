package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.purchases.RecordPurchases;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goods of a file that go back, where the order has the same goods on several lines. */
class RefundImportTest extends EmptyShop {

    private static final String HEADER =
            "source,order_id,member_external_id,purchased_at,amount,sku,quantity,line_amount,refund_of\n";

    private static final String CUPS =
            """
            till,A,m,2026-01-01,1500,cup,10,1000,
            till,A,m,2026-01-01,1500,cup,5,500,
            """;

    @BeforeEach
    void buy() {
        assertThat(run(CUPS)).isEqualTo(new ImportJob.Counts(2, 0, 0));
    }

    @Test
    void twoRowsOfTheSameGoodsComeOffTheirLinesTogether() {
        String two =
                """
                till,R,m,2026-01-02,1200,cup,4,400,A
                till,R,m,2026-01-02,1200,cup,8,800,A
                """;
        assertThat(run(two)).isEqualTo(new ImportJob.Counts(2, 0, 0));
        assertThat(refunded()).isEqualTo("1000 200");
        assertThat(run(two)).isEqualTo(new ImportJob.Counts(0, 2, 0));
        assertThat(refunded()).isEqualTo("1000 200");
    }

    @Test
    void aLaterRefundGoesToTheLineThatStillHasSome() {
        String first = "till,R1,m,2026-01-02,1000,cup,10,1000,A\n";
        String second = "till,R2,m,2026-01-03,500,cup,5,500,A\n";
        assertThat(run(first)).isEqualTo(new ImportJob.Counts(1, 0, 0));
        assertThat(run(second)).isEqualTo(new ImportJob.Counts(1, 0, 0));
        assertThat(refunded()).isEqualTo("1000 500");
        assertThat(run(first + second)).isEqualTo(new ImportJob.Counts(0, 2, 0));
    }

    @Test
    void moreThanIsLeftOfTheGoodsIsRefused() {
        assertThat(run("till,R1,m,2026-01-02,1000,cup,10,1000,A\n"))
                .isEqualTo(new ImportJob.Counts(1, 0, 0));
        assertRefused("till,R2,m,2026-01-03,501,cup,5,501,A\n", "2 refund_exceeds_purchase");
        assertThat(refunded()).isEqualTo("1000 0");
    }

    @Test
    void anotherRefundUnderTheSameNumberIsRefused() {
        assertThat(run("till,R1,m,2026-01-02,100,cup,1,100,A\n"))
                .isEqualTo(new ImportJob.Counts(1, 0, 0));
        assertRefused("till,R1,m,2026-01-02,200,cup,2,200,A\n", "2 already_recorded");
        assertRefused("till,R1,m,2026-01-02,50,cup,1,50,A\n", "2 already_recorded");
        assertThat(refunded()).isEqualTo("100 0");
    }

    @Test
    void aRefundCountsAtTheTimeThatTheFileTells() {
        assertThat(run("till,R1,m,2026-01-05,300,cup,3,300,A\n").imported()).isOne();
        assertThat(refundedAt()).isEqualTo("2026-01-04 17:00:00");
        assertThat(
                        one(
                                "select points || ' ' || (occurred_at at time zone 'UTC') from <t>.ledger_entry where kind = 'reverse'"))
                .isEqualTo("-3 2026-01-04 17:00:00");
    }

    @Test
    void aRefundFromBeforeItsPurchaseCountsWithThePurchase() {
        assertThat(run("till,R1,m,2025-12-30,300,cup,3,300,A\n").imported()).isOne();
        assertThat(refundedAt()).isEqualTo("2025-12-31 17:00:00");
    }

    @Test
    void refundsOfAFileMakeNoEvents() {
        assertThat(run("till,R1,m,2026-01-02,100,cup,1,100,A\n").imported()).isOne();
        assertThat(fixture.rows(shop, "select type from <t>.event where type like 'purchase.%'"))
                .isEmpty();
    }

    @Test
    void aRowThatTakesAnOrderBackIsGivenToTheRefundsWithItsLines() {
        ImportId id =
                fixture.store(
                        shop,
                        ImportKind.PURCHASES,
                        HEADER
                                + """
                                pos,C1,m,2026-01-02,150,A,1,100,1
                                pos,C1,m,2026-01-02,150,B,1,50,1
                                pos,1,m,2026-01-01,300,,,,
                                pos,2,m,2026-01-01,300,,,,2
                                pos,3,m,2026-01-01,0,,,,1
                                """);
        List<RefundOrders.OrderRefund> asked = new ArrayList<>();
        ImportWork work =
                new ImportWork(
                        fixture.tenants,
                        new ImportWork.Takers(
                                fixture.enrolMembers,
                                new RecordPurchases(fixture.programs),
                                (tx, refunds) -> {
                                    asked.addAll(refunds);
                                    assertThat(
                                                    tx.query("select count(*) from <t>.purchase")
                                                            .mapTo(Long.class)
                                                            .one())
                                            .as(
                                                    "the purchases of its batch are there, and the cups")
                                            .isEqualTo(2);
                                    return List.of(new RefundOrders.Outcome.Refunded());
                                },
                                new OpeningBalances(fixture.programs)));
        work.serve(shop);
        assertThat(asked)
                .containsExactly(
                        new RefundOrders.OrderRefund(
                                "pos",
                                "1",
                                "C1",
                                LocalDate.of(2026, 1, 2).atStartOfDay(shop.zone()).toInstant(),
                                150,
                                List.of(
                                        new RefundOrders.Line("A", null, 1, 100),
                                        new RefundOrders.Line("B", null, 1, 50))));
        assertThat(fixture.job(shop, id).counts()).isEqualTo(new ImportJob.Counts(3, 0, 2));
        assertThat(fixture.errors(shop, id)).containsExactly("5 same_order", "6 out_of_range");
    }

    private void assertRefused(String row, String error) {
        ImportId id = fixture.store(shop, ImportKind.PURCHASES, HEADER + row);
        fixture.workOff(shop);
        assertThat(fixture.errors(shop, id)).containsExactly(error);
    }

    private ImportJob.Counts run(String rows) {
        return fixture.imported(shop, ImportKind.PURCHASES, HEADER + rows).counts();
    }

    /** Of each line, in their order. */
    private String refunded() {
        return one(
                "select string_agg(refunded::text, ' ' order by line_no) from <t>.purchase_line");
    }

    private String refundedAt() {
        return one("select (refunded_at at time zone 'UTC')::text from <t>.refund");
    }

    private String one(String select) {
        return fixture.tenants.inTransaction(
                shop, tx -> tx.query(select).mapTo(String.class).one());
    }
}
