package io.regulars.loyalty.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.TierScheme.Basis;
import io.regulars.loyalty.program.TierScheme.Downgrade;
import io.regulars.loyalty.program.TierScheme.Level;
import io.regulars.loyalty.program.TierScheme.Policy;
import io.regulars.loyalty.program.TierScheme.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierPolicyTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final LocalDate JOINED = LocalDate.of(2024, 2, 29);

    /** Silver from 300, gold from 1000; what was spent in 2024 as {@code date amount, …}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // window | policy | grace | history | asked on | tier | ends on
                "CALENDAR_YEAR | FULL | 0 | | 2026-06-01 | 0 | -",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 299 | 2026-06-01 | 0 | -",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 300 | 2026-06-01 | 1 | 2028-01-01",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 200, 2026-12-31 100 | 2027-06-01 | 1 | 2028-01-01",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 200, 2027-01-01 100 | 2027-06-01 | 0 | -",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 1000 | 2027-12-31 | 2 | 2028-01-01",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 1000 | 2028-01-01 | 0 | -",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 1000, 2027-05-01 300 | 2028-01-01 | 1 | 2029-01-01",
                "CALENDAR_YEAR | FULL | 0 | 2026-05-01 1000, 2027-05-01 1000 | 2028-01-01 | 2 | 2029-01-01",
                "CALENDAR_YEAR | ONE_STEP | 0 | 2026-05-01 1000 | 2028-01-01 | 1 | 2029-01-01",
                "CALENDAR_YEAR | ONE_STEP | 0 | 2026-05-01 1000 | 2029-01-01 | 0 | -",
                "CALENDAR_YEAR | NONE | 0 | 2020-05-01 1000 | 2028-01-01 | 2 | -",
                "CALENDAR_YEAR | FULL | 10 | 2026-05-01 1000 | 2028-01-10 | 2 | 2028-01-11",
                "CALENDAR_YEAR | FULL | 10 | 2026-05-01 1000 | 2028-01-11 | 0 | -",
                "CALENDAR_YEAR | FULL | 10 | 2026-05-01 1000, 2028-01-05 1000 | 2028-01-11 | 2 | 2030-01-11",
                "CALENDAR_YEAR | FULL | 10 | 2026-05-01 1000, 2028-01-05 300 | 2028-01-11 | 1 | 2030-01-11",
                "MEMBERSHIP_YEAR | FULL | 0 | 2025-02-27 1000 | 2025-02-28 | 2 | 2026-02-28",
                "MEMBERSHIP_YEAR | FULL | 0 | 2025-02-28 1000 | 2026-02-28 | 2 | 2027-02-28",
                "MEMBERSHIP_YEAR | FULL | 0 | 2026-02-28 1000 | 2027-03-01 | 2 | 2028-02-29",
                "MEMBERSHIP_YEAR | FULL | 0 | 2023-06-01 1000 | 2024-03-01 | 2 | 2025-02-28",
                "LIFETIME | FULL | 0 | 2010-02-27 500, 2020-02-27 500 | 2028-02-28 | 2 | -",
                "ROLLING_12_MONTHS | FULL | 0 | 2026-05-01 300 | 2027-05-01 | 1 | -",
                "ROLLING_12_MONTHS | FULL | 0 | 2026-05-01 300 | 2027-05-02 | 0 | -",
                "ROLLING_12_MONTHS | FULL | 0 | 2026-05-01 700, 2026-07-01 300 | 2027-05-02 | 1 | -",
                "ROLLING_12_MONTHS | FULL | 0 | 2028-02-29 300 | 2029-03-01 | 0 | -",
                "ROLLING_12_MONTHS | FULL | 14 | 2026-05-01 300 | 2027-05-02 | 1 | 2027-05-16",
                "ROLLING_12_MONTHS | FULL | 14 | 2026-05-01 300 | 2027-05-16 | 0 | -",
                "ROLLING_12_MONTHS | FULL | 14 | 2026-05-01 300, 2027-05-10 300 | 2027-06-16 | 1 | -",
                "ROLLING_12_MONTHS | ONE_STEP | 0 | 2026-05-01 1000 | 2027-05-02 | 1 | 2028-05-02",
                "ROLLING_12_MONTHS | ONE_STEP | 0 | 2026-05-01 1000 | 2028-05-02 | 0 | -",
                "ROLLING_12_MONTHS | NONE | 0 | 2020-05-01 1000 | 2028-05-02 | 2 | -",
            })
    void historyComesToATierAndItsEnd(
            Window window,
            Policy policy,
            int grace,
            String history,
            LocalDate on,
            int rank,
            LocalDate endsOn) {
        Course course = course(window, policy, grace);
        Standing standing = course.replay(facts(history == null ? "" : history), at(on));
        assertThat(standing.rank()).isEqualTo(rank);
        assertThat(standing.endsAt()).isEqualTo(endsOn == null ? null : at(endsOn));
    }

    @Test
    void everyNightJudgesAsTheWholeHistoryDoes() {
        List<Fact> all =
                facts(
                        "2024-03-01 400, 2024-11-30 700, 2025-12-31 350, 2026-01-01 999, 2027-06-06 301");
        for (Window window : Window.values()) {
            for (Policy policy : Policy.values()) {
                Course course = course(window, policy, 20);
                Standing held = Standing.FIRST;
                for (LocalDate day = LocalDate.of(2024, 2, 1);
                        day.isBefore(LocalDate.of(2030, 1, 1));
                        day = day.plusDays(1)) {
                    Instant now = at(day);
                    List<Fact> known =
                            all.stream().filter(fact -> !fact.at().isAfter(now)).toList();
                    held = TierPolicy.settled(course, held, known, now, Cause.TIME);
                    assertThat(held)
                            .as("%s %s on %s", window, policy, day)
                            .isEqualTo(course.replay(known, now));
                }
            }
        }
    }

    @Test
    void aPurchaseNeverLowersATierBeforeTheNightHasJudged() {
        Course course = course(Window.CALENDAR_YEAR, Policy.FULL, 0);
        Standing held = new Standing(2, at("2026-05-01"), at("2028-01-01"));
        assertThat(
                        TierPolicy.settled(
                                course,
                                held,
                                facts("2028-01-02 10"),
                                at("2028-01-02"),
                                Cause.PURCHASE))
                .isEqualTo(held);
        assertThat(
                        TierPolicy.settled(
                                        course,
                                        held,
                                        facts("2028-01-02 10"),
                                        at("2028-01-02"),
                                        Cause.TIME)
                                .rank())
                .isZero();
    }

    @Test
    void aLatePurchaseSavesATierOfAWindowThatHasClosed() {
        Course course = course(Window.CALENDAR_YEAR, Policy.FULL, 0);
        List<Fact> known = facts("2026-05-01 300");
        Standing fallen =
                TierPolicy.settled(
                        course,
                        new Standing(1, at("2026-05-01"), at("2028-01-01")),
                        known,
                        at("2028-01-01"),
                        Cause.TIME);
        assertThat(fallen).isEqualTo(Standing.FIRST);
        Standing saved =
                TierPolicy.settled(
                        course,
                        fallen,
                        facts("2026-05-01 300, 2027-12-31 300"),
                        at("2028-01-05"),
                        Cause.PURCHASE);
        assertThat(saved).isEqualTo(new Standing(1, at("2026-05-01"), at("2029-01-01")));
    }

    @Test
    void aChangeOfTheProgramNeverLowersAHeldTierBeforeItsEnd() {
        Standing yearly = new Standing(2, at("2026-05-01"), at("2028-01-01"));
        Standing endless = new Standing(2, at("2026-05-01"), null);
        Instant now = at("2027-06-01");
        for (Window window : Window.values()) {
            Course course = course(window, Policy.FULL, 0);
            assertThat(TierPolicy.settled(course, yearly, List.of(), now, Cause.PROGRAM))
                    .as(window.name())
                    .isEqualTo(yearly);
            Standing promised = TierPolicy.settled(course, endless, List.of(), now, Cause.PROGRAM);
            assertThat(promised.rank()).as(window.name()).isEqualTo(2);
            assertThat(
                            TierPolicy.settled(
                                            course,
                                            promised,
                                            List.of(),
                                            at("2028-01-01"),
                                            Cause.TIME)
                                    .rank())
                    .as(window.name())
                    .isEqualTo(2);
        }
        Course rolling = course(Window.ROLLING_12_MONTHS, Policy.FULL, 0);
        assertThat(TierPolicy.settled(rolling, endless, List.of(), now, Cause.PROGRAM).endsAt())
                .isEqualTo(at("2028-06-01"));
    }

    @ParameterizedTest
    @CsvSource({"FULL", "ONE_STEP", "NONE"})
    void aRefundOfEverythingReturnsTheMemberToWhereTheyWere(Policy policy) {
        for (Window window : Window.values()) {
            Course course = course(window, policy, 0);
            Instant now = at("2026-06-01");
            List<Fact> without = facts("2026-05-01 300");
            List<Fact> with = facts("2026-05-01 300, 2026-05-20 700");
            Standing were =
                    TierPolicy.settled(course, Standing.FIRST, without, now, Cause.PURCHASE);
            Standing raised = TierPolicy.settled(course, were, with, now, Cause.PURCHASE);
            assertThat(raised.rank()).isEqualTo(2);
            assertThat(
                            TierPolicy.afterRefund(
                                    raised, course.replay(with, now), course.replay(without, now)))
                    .as(window.name())
                    .isEqualTo(were);
        }
    }

    @Test
    void aRefundThatLeavesTheTierSupportedLeavesIt() {
        Course course = course(Window.CALENDAR_YEAR, Policy.FULL, 0);
        Instant now = at("2026-06-01");
        Standing held = course.replay(facts("2026-05-01 500"), now);
        assertThat(
                        TierPolicy.afterRefund(
                                held,
                                course.replay(facts("2026-05-01 500"), now),
                                course.replay(facts("2026-05-01 300"), now)))
                .isEqualTo(held);
    }

    @Test
    void aTierThatAnEarlierProgramPromisedDoesNotHangOnTheRefundedPurchase() {
        Standing promised = new Standing(2, at("2026-01-01"), at("2028-01-01"));
        Course course = course(Window.CALENDAR_YEAR, Policy.FULL, 0);
        Instant now = at("2026-06-01");
        assertThat(
                        TierPolicy.afterRefund(
                                promised,
                                course.replay(facts("2026-05-01 300"), now),
                                course.replay(List.of(), now)))
                .isEqualTo(promised);
    }

    @Test
    void progressSaysWhatIsMissingToRiseAndToStayAndWhatComesNext() {
        TierView view = view(Window.CALENDAR_YEAR, "2027-06-01", "2026-05-01 300, 2027-02-01 120");
        assertThat(view.key()).isEqualTo("silver");
        assertThat(view.since()).isEqualTo(at("2026-05-01"));
        assertThat(view.endsAt()).isEqualTo(at("2028-01-01"));
        assertThat(view.progress())
                .isEqualTo(
                        new TierView.Progress(
                                Basis.SPEND,
                                120,
                                new TierView.ToNext("gold", 880),
                                new TierView.ToKeep(180, at("2028-01-01")),
                                "member"));
    }

    @Test
    void inTheRollingWindowATierEndsOnTheDayWhenTooMuchHasLeft() {
        TierView view =
                view(
                        Window.ROLLING_12_MONTHS,
                        "2026-08-01",
                        "2026-03-01 700, 2026-05-01 300, 2026-07-01 100");
        assertThat(view.key()).isEqualTo("gold");
        assertThat(view.endsAt()).isEqualTo(at("2027-03-02"));
        assertThat(view.progress().toNext()).isNull();
        assertThat(view.progress().toKeep()).isEqualTo(new TierView.ToKeep(600, at("2027-03-02")));
        assertThat(view.progress().projected()).isEqualTo("silver");
    }

    private static TierView view(Window window, String today, String bought) {
        TierScheme scheme = scheme(window, Policy.FULL, 0);
        Course course = Course.of(scheme, JOINED, ZONE);
        Instant now = at(today);
        List<Fact> facts = facts(bought);
        return new Viewing(scheme, course, now)
                .of(course.replay(facts, now), facts, at("2024-02-29"));
    }

    private static Course course(Window window, Policy policy, int grace) {
        return Course.of(scheme(window, policy, grace), JOINED, ZONE);
    }

    private static TierScheme scheme(Window window, Policy policy, int grace) {
        return new TierScheme(
                Basis.SPEND,
                window,
                new Downgrade(policy, grace),
                List.of(level("member", 0), level("silver", 300), level("gold", 1000)));
    }

    private static Level level(String key, long threshold) {
        return new Level(key, LocalText.of(key), threshold, null, null);
    }

    private static List<Fact> facts(String history) {
        return Arrays.stream(history.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry ->
                        new Fact(
                                at(entry.substring(0, 10)),
                                Long.parseLong(entry.substring(10).strip())))
                .sorted(Comparator.comparing(Fact::at))
                .toList();
    }

    private static Instant at(String date) {
        return at(LocalDate.parse(date));
    }

    private static Instant at(LocalDate date) {
        return date.atStartOfDay(ZONE).toInstant();
    }
}
