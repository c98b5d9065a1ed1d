package io.regulars.loyalty.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.http.Yaml;
import io.regulars.tenancy.tenants.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegalDoubtsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Profile COMPLETE =
            new Profile("Shop Ltd", "1 Lê Lợi, Huế", "a@shop.example", "0900", null, null);
    private static final Profile EMPTY = new Profile(null, null, null, null, null, null);
    private static final String PLAIN =
            """
            name: Shop
            unit: {one: point, many: points}
            currency: USD
            terms: {text: Be kind, area: Huế, starts_on: 2026-01-01, ends_on: 2026-12-31, contact: 0900 000 000}
            earning: [{key: spend, "on": purchase, points: {per_amount: 100, award: 1}}]
            """;

    private final LegalDoubts doubts = new LegalDoubts();

    @Test
    void aPlainProgramOutsideVietnamRaisesNone() throws Exception {
        for (String country : List.of("US", "DE", "GB", "CA", "JP")) {
            assertThat(about(PLAIN, country)).as(country).isEmpty();
        }
    }

    @Test
    void inVietnamPublicRulesNameTheTraderAreaDatesAndContact() throws Exception {
        Program program = program(PLAIN.replaceAll("terms:.*\\n", ""));
        assertThat(doubts.about(program, first("VN", EMPTY)))
                .filteredOn(doubt -> doubt.rule().equals("R01"))
                .extracting(Doubt::pointer)
                .containsExactly(
                        "/terms/text",
                        "/terms/area",
                        "/terms/starts_on",
                        "/terms/contact",
                        "/terms",
                        "/terms",
                        "/terms");
        assertThat(doubts.about(program(PLAIN), first("VN", COMPLETE)))
                .extracting(Doubt::rule)
                .containsExactly("R04");
    }

    @Test
    void inVietnamAProgramHasAnEndAndKeepsIt() throws Exception {
        assertThat(about(PLAIN.replace(", ends_on: 2026-12-31", ""), "VN"))
                .contains("R03 /terms/ends_on");
        Program shorter = program(PLAIN.replace("ends_on: 2026-12-31", "ends_on: 2026-06-30"));
        assertThat(changed(program(PLAIN), shorter, "VN", "because", 31))
                .contains("R03 /terms/ends_on");
    }

    @Test
    void aChangeHasAReasonAndIsAnnouncedAMonthAhead() throws Exception {
        Program before = program(PLAIN);
        Program after = program(PLAIN.replace("award: 1", "award: 2"));
        assertThat(changed(before, after, "VN", null, 29))
                .contains("R02 /reason", "R02 /effective_at");
        assertThat(changed(before, after, "VN", "more for all", 30))
                .noneMatch(doubt -> doubt.startsWith("R02"));
        assertThat(changed(before, before, "VN", null, 0))
                .noneMatch(doubt -> doubt.startsWith("R02"));
        assertThat(changed(before, after, "US", null, 0)).isEmpty();
    }

    @Test
    void pointsThatMembersHaveShouldNotLoseTheirWorth() throws Exception {
        String rewards =
                """
                rewards:
                  - {key: a, name: A, kind: amount_off, amount: 100, min_basket: 1000, cost_points: 100, valid_days: 30}
                  - {key: b, name: B, kind: percent_off, percent: 10, cost_points: 100, valid_days: 30}
                  - {key: c, name: C, kind: percent_off, percent: 10, cost_points: 100, valid_days: 30}
                """;
        Program before = program(PLAIN + rewards);
        Program after =
                program(
                        PLAIN
                                + "expiry: {mode: inactivity, months: 12, warn_days: [30]}\n"
                                + """
                                rewards:
                                  - {key: a, name: A, kind: amount_off, amount: 90, min_basket: 1000, cost_points: 120, valid_days: 30}
                                  - {key: b, name: B, kind: percent_off, percent: 5, cost_points: 100, valid_days: 30}
                                """);
        assertThat(changed(before, after, "VN", "dear times", 60))
                .contains(
                        "R02 /expiry",
                        "R02 /rewards",
                        "R02 /rewards/0/cost_points",
                        "R02 /rewards/0/amount",
                        "R02 /rewards/1/percent");
    }

    @Test
    void whatIsGivenBackIsHeldAgainstWhatWasBought() throws Exception {
        String reward =
                "rewards: [{key: a, name: A, kind: amount_off, amount: %d, min_basket: 100000, cost_points: 100, valid_days: 30}]\n";
        assertThat(about(PLAIN + reward.formatted(3_900), "VN")).doesNotContain("R05 /rewards/0");
        assertThat(about(PLAIN + reward.formatted(4_000), "VN")).contains("R05 /rewards/0");
        assertThat(about(PLAIN + reward.formatted(4_000), "US")).isEmpty();
    }

    @Test
    void discountsInVietnamAreHalfThePriceAtMostAndForATime() throws Exception {
        String rewards =
                """
                rewards:
                  - {key: a, name: A, kind: percent_off, percent: 51, valid_days: 121}
                  - {key: b, name: B, kind: amount_off, amount: 501, min_basket: 1000, valid_days: 30}
                  - {key: c, name: C, kind: amount_off, amount: 500, min_basket: 1000, valid_days: 30}
                  - {key: d, name: D, kind: percent_off, percent: 50, valid_days: 120}
                """;
        assertThat(about(PLAIN + rewards, "VN"))
                .containsExactlyInAnyOrder(
                        "R04 /terms",
                        "R06 /rewards/0/percent",
                        "R07 /rewards/0/valid_days",
                        "R06 /rewards/1/min_basket");
    }

    @Test
    void goodsThatMayNotBeGivenAreSeenInBothLanguages() throws Exception {
        String rewards =
                """
                rewards:
                  - {key: a, name: {vi: Một lon bia, en: A can}, kind: gift, value: 1, valid_days: 30}
                  - {key: b, name: A glass of Wine, kind: gift, value: 1, valid_days: 30}
                  - {key: c, name: Beermat, kind: gift, value: 1, valid_days: 30}
                stamp_cards: [{key: s, buys: 10, categories: [rượu], reward: c}]
                """;
        assertThat(about(PLAIN + rewards, "VN"))
                .containsExactlyInAnyOrder(
                        "R04 /terms",
                        "R08 /rewards/0",
                        "R08 /rewards/1",
                        "R08 /stamp_cards/0/categories");
    }

    @Test
    void aDrawIsDoubtfulEverywhereAndARewardSaysWhatItIsWorth() throws Exception {
        String rewards =
                "rewards: [{key: a, name: {vi: Quay số trúng thưởng, en: Lucky draw}, kind: gift}]\n";
        assertThat(about(PLAIN + rewards, "US"))
                .containsExactly(
                        "R09 /rewards/0", "R12 /rewards/0/value", "R12 /rewards/0/valid_days");
    }

    @Test
    void pointsThatEndAreToldOfBeforeAndInCanadaNotByTimeAlone() throws Exception {
        assertThat(about(PLAIN + "expiry: {mode: fixed, months: 6, warn_days: [29]}\n", "CA"))
                .containsExactly("R34 /expiry/mode", "R34 /expiry/months", "R34 /expiry/warn_days");
        assertThat(about(PLAIN + "expiry: {mode: fixed, months: 6, warn_days: [30]}\n", "DE"))
                .isEmpty();
        assertThat(about(PLAIN + "expiry: {mode: inactivity, months: 12, warn_days: [60]}\n", "CA"))
                .isEmpty();
    }

    @Test
    void thePresetsAreInOrderWhereTheyComeFrom() {
        Presets presets = new Presets();
        assertThat(presets.all())
                .allSatisfy(preset ->
                        assertThat(
                                        doubts.about(
                                                presets.in(preset.key(), preset.currency())
                                                        .orElseThrow(),
                                                first("US", COMPLETE)))
                                .as(preset.key())
                                .isEmpty());
    }

    private List<String> about(String yaml, String country) throws IOException {
        return said(doubts.about(program(yaml), first(country, COMPLETE)));
    }

    private List<String> changed(
            Program before, Program after, String country, @Nullable String reason, int daysAhead) {
        return said(
                doubts.about(
                        after,
                        new Announcement(
                                country,
                                COMPLETE,
                                before,
                                reason,
                                NOW,
                                NOW.plus(Duration.ofDays(daysAhead)))));
    }

    private static Announcement first(String country, Profile profile) {
        return new Announcement(country, profile, null, null, NOW, NOW);
    }

    private static List<String> said(List<Doubt> doubts) {
        return doubts.stream().map(doubt -> doubt.rule() + " " + doubt.pointer()).toList();
    }

    private static Program program(String yaml) throws IOException {
        return Yaml.read(yaml.getBytes(StandardCharsets.UTF_8), Program.class);
    }
}
