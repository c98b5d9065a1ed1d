package io.regulars.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuyerSimulatorTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final History HISTORY =
            BuyerSimulator.simulate(BuyerSimulator.Plan.usual(TODAY, ZONE));

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
        History again = BuyerSimulator.simulate(BuyerSimulator.Plan.usual(TODAY, ZONE));
        History other = BuyerSimulator.simulate(new BuyerSimulator.Plan(1, TODAY, ZONE, 600, 548));

        assertThat(HistoryCsv.members(again).bytes())
                .isEqualTo(HistoryCsv.members(HISTORY).bytes());
        assertThat(HistoryCsv.purchases(again).bytes())
                .isEqualTo(HistoryCsv.purchases(HISTORY).bytes());
        assertThat(HistoryCsv.purchases(other).bytes())
                .isNotEqualTo(HistoryCsv.purchases(HISTORY).bytes());
    }

    @Test
    void aCafeOfSixHundredMembersSellsAboutNineThousandTimes() {
        assertThat(HISTORY.buyers()).hasSize(600);
        assertThat(HISTORY.orders()).hasSizeBetween(8_000, 10_000);
    }

    @Test
    void linesSumToTheAmountOfTheirOrderInWholeThousands() {
        List<String> rows = purchaseRows();
        Map<String, Long> sums =
                rows.stream()
                        .map(row -> row.split(",", -1))
                        .collect(
                                Collectors.groupingBy(
                                        f -> f[1],
                                        Collectors.summingLong(f -> Long.parseLong(f[8]))));

        assertThat(rows)
                .allSatisfy(row -> {
                    String[] fields = row.split(",", -1);
                    assertThat(sums.get(fields[1])).isEqualTo(Long.parseLong(fields[4]));
                    assertThat(Long.parseLong(fields[4]) % 1_000).isZero();
                    assertThat(Long.parseLong(fields[4])).isPositive();
                });
    }

    @Test
    void linesOfOneOrderStandOnConsecutiveRows() {
        List<String> orderIds = purchaseRows().stream().map(row -> row.split(",", -1)[1]).toList();
        long changes = 1;
        for (int i = 1; i < orderIds.size(); i++) {
            changes += orderIds.get(i).equals(orderIds.get(i - 1)) ? 0 : 1;
        }
        assertThat(changes)
                .isEqualTo(HISTORY.orders().size())
                .isEqualTo(orderIds.stream().distinct().count());
    }

    @Test
    void everyPurchaseLiesWithinThePeriodAndOpeningHours() {
        Instant start = TODAY.minusDays(548).atStartOfDay(ZONE).toInstant();
        Instant end = TODAY.atStartOfDay(ZONE).toInstant();

        assertThat(HISTORY.orders())
                .allSatisfy(order -> {
                    assertThat(order.purchasedAt()).isBetween(start, end);
                    assertThat(order.purchasedAt().atZone(ZONE).getHour()).isBetween(7, 21);
                });
    }

    @Test
    void nobodyBuysBeforeTheyJoined() {
        Map<String, Instant> joined =
                HISTORY.buyers().stream()
                        .collect(Collectors.toMap(Buyer::externalId, Buyer::joinedAt));

        assertThat(HISTORY.orders())
                .allSatisfy(order ->
                        assertThat(order.purchasedAt())
                                .isAfterOrEqualTo(joined.get(order.memberExternalId())));
    }

    @Test
    void someWereBornOnTheLeapDay() {
        assertThat(
                        HISTORY.buyers().stream()
                                .filter(b ->
                                        b.birth() != null
                                                && b.birth().day().equals(MonthDay.of(2, 29))))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void birthDatesComeInFullWithoutAYearAndNotAtAll() {
        List<Buyer> buyers = HISTORY.buyers();

        assertThat(buyers.stream().filter(b -> b.birth() == null)).hasSizeBetween(60, 120);
        assertThat(buyers.stream().filter(b -> b.birth() != null && b.birth().year() == null))
                .hasSizeBetween(45, 110);
        assertThat(HistoryCsv.members(HISTORY).text()).containsPattern(",--[01]\\d-[0-3]\\d,");
    }

    @Test
    void manyButNotMostLeaveForGoodAndSomeComeOnlyOnce() {
        Map<String, Long> purchases =
                HISTORY.orders().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Order::memberExternalId, Collectors.counting()));

        assertThat(HISTORY.buyers().stream().filter(Buyer::gone).count() / 600.0)
                .isBetween(0.3, 0.75);
        assertThat(purchases.values().stream().filter(n -> n == 1).count() / 600.0)
                .isBetween(0.1, 0.35);
        assertThat(purchases.values().stream().mapToLong(n -> n).max().orElse(0)).isGreaterThan(80);
    }

    @Test
    void aboutFourInFiveAgreedToMailAndEveryAnswerHasASource() {
        assertThat(HISTORY.buyers().stream().filter(Buyer::consents).count() / 600.0)
                .isBetween(0.75, 0.86);
        assertThat(HISTORY.buyers().stream().flatMap(b -> Stream.ofNullable(b.consent())))
                .allSatisfy(consent -> assertThat(consent.source()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22",
                "2027-02-28",
                "2028-02-28",
                "2028-02-29",
                "2026-01-01",
                "2026-12-31"
            })
    void onAnyDayAtLeastFiveAreDueOneHasNotAgreedAndOneHasNoAddress(LocalDate today) {
        List<Buyer> due =
                BuyerSimulator.simulate(BuyerSimulator.Plan.usual(today, ZONE)).birthdaysOn(today);

        assertThat(due.stream().filter(b -> b.consents() && b.email() != null))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(due.stream().filter(b -> b.consents() && b.email() == null)).isNotEmpty();
        assertThat(due.stream().filter(b -> !b.consents() && b.email() != null)).isNotEmpty();
        assertThat(
                        due.stream()
                                .flatMap(b -> Stream.ofNullable(b.birth()))
                                .flatMap(b -> Stream.ofNullable(b.year())))
                .allSatisfy(year -> assertThat(year).isLessThanOrEqualTo(today.getYear() - 19));
    }

    @Test
    void addressesAreUniqueAndLeadNowhere() {
        List<String> addresses =
                HISTORY.buyers().stream().map(Buyer::email).filter(Objects::nonNull).toList();

        assertThat(addresses)
                .doesNotHaveDuplicates()
                .allMatch(a -> a.matches("[a-z0-9.]+@example\\.(com|net|org)"));
    }

    @Test
    void onLeapDayBirthdaysCountOnTheTwentyEighthInCommonYearsOnly() {
        Birth leap = Birth.on(LocalDate.of(1992, 2, 29));

        assertThat(leap.fallsOn(LocalDate.of(2027, 2, 28))).isTrue();
        assertThat(leap.fallsOn(LocalDate.of(2028, 2, 28))).isFalse();
        assertThat(leap.fallsOn(LocalDate.of(2028, 2, 29))).isTrue();
        assertThat(leap).hasToString("1992-02-29");
        assertThat(leap.withoutYear()).hasToString("--02-29");
    }

    private static List<String> purchaseRows() {
        return HistoryCsv.purchases(HISTORY).text().lines().skip(1).toList();
    }
}
