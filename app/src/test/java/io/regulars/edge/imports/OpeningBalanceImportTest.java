package io.regulars.edge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.adjustments.GiftPoints;
import io.regulars.loyalty.ledger.ExpirySwitch;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.publishing.FirstProgram;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningBalanceImportTest extends EmptyShop {

    private static final String HEADER = "member_external_id,points,earned_at,expires_at,reason\n";

    @Test
    void eachRowIsALotWithItsOwnEndAndTheSameFileAgainChangesNothing() {
        String csv =
                HEADER
                        + "m1,100,2024-03-01,2099-01-01,stars of the old card\n"
                        + "m1,50,2024-04-01,,\n"
                        + "m2,7,,,\n";
        assertThat(run(csv).counts()).isEqualTo(new ImportJob.Counts(3, 0, 0));
        assertThat(lots("m1"))
                .containsExactly(
                        Map.of("points", 100L, "expires", "2098-12-31T17:00:00Z"),
                        Map.of("points", 50L, "expires", "never"));
        assertThat(
                        fixture.rows(
                                shop,
                                "select kind, points, balance_after from <t>.ledger_entry order by id"))
                .extracting(row ->
                        row.get("kind") + " " + row.get("points") + " " + row.get("balance_after"))
                .contains("opening 100 100", "opening 50 150", "opening 7 7");
        assertThat(run(csv).counts()).isEqualTo(new ImportJob.Counts(0, 3, 0));
        assertThat(fixture.count(shop, "select count(*) from <t>.lot")).isEqualTo(3);
        assertThat(fixture.differences(shop)).isEmpty();
    }

    @Test
    void twoFilesWithOverlappingRowsBookEachRowOnce() {
        run(HEADER + "m1,100,2024-03-01,,\nm1,50,2024-04-01,,\n");
        assertThat(run(HEADER + "m1,50,2024-04-01,,\nm1,25,2024-05-01,,\n").counts())
                .isEqualTo(new ImportJob.Counts(1, 1, 0));
        assertThat(fixture.count(shop, "select sum(balance)::bigint from <t>.account"))
                .isEqualTo(175);
    }

    @Test
    void nothingEndsBeforeOneFullPeriodHasPassed() {
        publish(new Program.Expiry(Program.Expiry.Mode.FIXED, 12, true, null));
        run(
                HEADER
                        + "m1,100,2019-01-01,2020-01-01,\nm2,5,2019-01-01,,\nm3,5,2019-01-01,2099-01-01,\n");
        LocalDate today = LocalDate.ofInstant(now(), shop.zone());
        Instant earliest =
                today.plusMonths(13).withDayOfMonth(1).atStartOfDay(shop.zone()).toInstant();
        assertThat(lots("m1"))
                .extracting(lot -> lot.get("expires"))
                .containsExactly(earliest.toString());
        assertThat(lots("m2"))
                .extracting(lot -> lot.get("expires"))
                .containsExactly(earliest.toString());
        assertThat(lots("m3"))
                .extracting(lot -> lot.get("expires"))
                .containsExactly("2098-12-31T17:00:00Z");
    }

    @Test
    void underInactivityTheAccountLivesOnePeriodFromTheImport() {
        publish(new Program.Expiry(Program.Expiry.Mode.INACTIVITY, 6, false, null));
        run(HEADER + "m1,100,2019-01-01,,\n");
        Instant end =
                LocalDate.ofInstant(now(), shop.zone())
                        .plusMonths(6)
                        .plusDays(1)
                        .atStartOfDay(shop.zone())
                        .toInstant();
        assertThat(lots("m1")).containsExactly(Map.of("points", 100L, "expires", "never"));
        assertThat(
                        fixture.count(
                                shop,
                                "select extract(epoch from expires_at)::bigint from <t>.account"))
                .isEqualTo(end.getEpochSecond());
    }

    @Test
    void anEndOfItsOwnStaysWhenTheProgramsPointsEndNoMore() {
        publish(new Program.Expiry(Program.Expiry.Mode.FIXED, 12, true, null));
        run(HEADER + "m1,100,2019-01-01,2099-01-01,\nm2,5,2019-01-01,,\n");
        fixture.tenants.run(
                shop,
                tx -> {
                    List<UUID> members =
                            tx.query("select id from <t>.member order by external_id")
                                    .mapTo(UUID.class)
                                    .list();
                    GiftPoints gifts = new GiftPoints(fixture.programs);
                    List<GiftPoints.Gift> to =
                            List.of(new GiftPoints.Gift(members.getLast(), "gift"));
                    List<GiftPoints.Gift> again =
                            List.of(new GiftPoints.Gift(members.getLast(), "again"));
                    gifts.give(tx, to, new GiftPoints.Terms(7, 30, Map.of()));
                    gifts.give(tx, again, new GiftPoints.Terms(8, null, Map.of()));
                    Ledger ledger = Ledger.lock(tx, members);
                    Program.Expiry none =
                            new Program.Expiry(Program.Expiry.Mode.NONE, null, null, null);
                    ExpirySwitch.apply(tx, ledger, members, none, tx.now());
                    ledger.write();
                });
        assertThat(lots("m1"))
                .extracting(lot -> lot.get("expires"))
                .containsExactly("2098-12-31T17:00:00Z");
        String in30Days =
                LocalDate.ofInstant(now(), shop.zone())
                        .plusDays(31)
                        .atStartOfDay(shop.zone())
                        .toInstant()
                        .toString();
        assertThat(lots("m2"))
                .extracting(lot -> lot.get("expires"))
                .containsExactly("never", in30Days, "never");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    'm1,0,,,', out_of_range
                    'm1,-5,,,', out_of_range
                    'm1,9007199254740992,,,', out_of_range
                    'm1,99999999999999999999,,,', out_of_range
                    'm1,1.5,,,', not_a_whole_number
                    'm1,,,,', required
                    ',5,,,', required
                    'm1,5,2999-01-01,,', in_the_future
                    'm1,5,2019-01-01,2020-01-01,', already_expired
                    """)
    void aRowThatIsNotRightFailsByItself(String row, String code) {
        ImportId id =
                fixture.store(
                        shop, ImportKind.OPENING_BALANCES, HEADER + row + "\nm9,1,2020-01-01,,\n");
        fixture.workOff(shop);
        assertThat(fixture.job(shop, id).counts()).isEqualTo(new ImportJob.Counts(1, 0, 1));
        assertThat(fixture.errors(shop, id)).containsExactly("2 " + code);
    }

    private ImportJob run(String csv) {
        return fixture.imported(shop, ImportKind.OPENING_BALANCES, csv);
    }

    private List<Map<String, Object>> lots(String member) {
        return fixture
                .rows(
                        shop,
                        "select l.points, l.expires_at at time zone 'UTC' as expires from <t>.lot l join <t>.member m"
                                + " on m.id = l.member_id where m.external_id = '"
                                + member
                                + "' order by l.id")
                .stream()
                .map(row ->
                        Map.<String, Object>of(
                                "points",
                                row.get("points"),
                                "expires",
                                row.get("expires") == null
                                        ? "never"
                                        : ((Timestamp) row.get("expires"))
                                                .toLocalDateTime()
                                                .toInstant(ZoneOffset.UTC)
                                                .toString()))
                .toList();
    }

    private Instant now() {
        return fixture.tenants.inTransaction(shop, tx -> tx.now());
    }

    private void publish(Program.Expiry expiry) {
        LocalText point = LocalText.of("point");
        Program program =
                new Program(
                        point,
                        new Program.Unit(point, point),
                        "USD",
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(
                                EarningRule.of(
                                        "spend", "purchase", EarningRule.Points.perAmount(100, 1))),
                        null,
                        expiry,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        shop = fixture.unpublishedShop();
        new FirstProgram(fixture.tenants, new Presets()).publish(shop, program, "test");
        assertThat(shop.zone()).isEqualTo(ZoneId.of("Asia/Ho_Chi_Minh"));
    }
}
