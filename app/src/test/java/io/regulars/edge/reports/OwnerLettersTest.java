package io.regulars.edge.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.edge.EdgeService;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.Setup;
import io.regulars.testing.TestClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerLettersTest {

    private static EdgeService service;
    private static TenantRef shop;
    private static OwnerLetters letters;

    @BeforeAll
    static void aShopThatSoldSomething() throws Exception {
        service = EdgeService.start(Optional.empty());
        shop = service.shop("Cloud Coffee", "cloud@shop.example", "en");
        TenantDb tenants = service.databases.tenants();
        new FirstProgram(tenants, new Presets())
                .prepare(shop, new Setup("VND", null, Locale.ENGLISH, "Cloud Coffee", "VN"));
        letters =
                new OwnerLetters(
                        tenants,
                        service.tenancy.directory(),
                        new Programs(),
                        service.tenancy.tellOwners());
        tenants.run(
                shop,
                tx -> {
                    for (String at :
                            new String[] {"2026-09-10T03:00:00Z", "2026-10-10T03:00:00Z"}) {
                        tx.update(
                                        """
                                        insert into <t>.purchase (id, source, order_id, amount, refunded, effects, program_version,
                                               content_hash, purchased_at, recorded_at, updated_at)
                                        values (:id, 'till', :order, :amount, 0, '{}', 1, 'x', :at, :at, :at)
                                        """)
                                .bind("id", TypeIds.next())
                                .bind("order", at)
                                .bind("amount", at.contains("-10-1") ? 250_000L : 100_000L)
                                .bind("at", Instant.parse(at))
                                .execute();
                    }
                    Goals.set(
                            tx,
                            "revenue",
                            700_000,
                            LocalDate.of(2030, 1, 1),
                            new Reports(tenants, new Programs())
                                    .make(
                                            tx,
                                            new Reports.Question(
                                                    Reports.Kind.OVERVIEW,
                                                    "2026-09-01",
                                                    "2026-09-30",
                                                    null)));
                });
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void theLetterSaysWhatTheMonthBroughtAndTheOneBefore() {
        Letter.Content content =
                letters.content("cloud@shop.example", shop.id() + " 2026-10").orElseThrow();
        @SuppressWarnings("unchecked")
        Map<String, Object> model = (Map<String, Object>) content.model();
        String text = new Templates().render(letters.template(), content.locale(), model).text();
        assertThat(text)
                .contains("October 2026", "Cloud Coffee", "Revenue: ₫250,000 (₫100,000)")
                .contains("of ₫700,000", "January 1, 2030");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T23:59, ",
        "2026-12-01T06:59, ",
        "2026-12-01T07:00, 2026-11",
        "2026-12-03T23:59, 2026-11",
        "2026-12-04T00:00, ",
        "2027-01-02T00:10, 2026-12"
    })
    void itIsTimeFromSevenOnTheFirstToTheThirdOfTheMonth(
            LocalDateTime now, @Nullable String month) {
        assertThat(OwnerLetters.due(now).map(YearMonth::toString))
                .isEqualTo(Optional.ofNullable(month));
    }

    @Test
    void itIsPlannedOnceAtSevenOnTheShopsOwnClock() {
        ZoneId zone = shop.zone();
        service.member(shop, "Lan", "en");
        YearMonth month = YearMonth.from(TestClock.CLOCK.now().atZone(zone));
        Instant seven = LocalTimes.at(month.plusMonths(1).atDay(1), LocalTime.of(7, 0), zone);
        assertThat(plannedAt(seven.minusSeconds(30))).as("half a minute before").isZero();
        assertThat(plannedAt(seven)).isOne();
        assertThat(plannedAt(seven.plusSeconds(3_600))).as("an hour later").isOne();
    }

    /** How many letters there are after the hourly tick at this moment. */
    private static long plannedAt(Instant now) {
        try (Databases then =
                Databases.open(
                        service.settings,
                        Clock.startingAt(Optional.of(now)),
                        new MetricRegistry())) {
            new OwnerLetters(
                            then.tenants(),
                            service.tenancy.directory(),
                            new Programs(),
                            service.tenancy.tellOwners())
                    .planIfDue(shop);
            return then.control()
                    .inTransaction(handle ->
                            handle.select(
                                            "select count(*) from control.account_mail where template = ?",
                                            OwnerLetters.TEMPLATE)
                                    .mapTo(long.class)
                                    .one());
        }
    }

    @Test
    void aSubjectThatIsNoneWritesNothing() {
        assertThat(letters.content("a@b.example", "nonsense")).isEmpty();
        assertThat(letters.content("a@b.example", shop.id() + " x")).isEmpty();
        assertThat(letters.content("a@b.example", null)).isEmpty();
    }
}
