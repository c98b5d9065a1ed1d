package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.codahale.metrics.MetricRegistry;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shop's nights by the test clock: exactly what happens, and at which moment. */
class NightsJourney {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private Shop shop = service.signUp();
    private int orders;

    @Test
    void points31JanuaryPlusOneMonthHoldToTheEndOf28February() {
        startAt("2027-01-31T03:00:00Z");
        publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        String member = member("end-of-month", Map.of());
        buy(member, 1_000, null);
        advanceTo("2027-02-28T16:59:59Z");
        assertThat(events()).isEmpty();
        points(member, 10);
        advanceTo("2027-06-01T00:00:00Z");
        assertThat(events()).containsExactly("2027-02-28T17:00:00Z points.expired 10");
        points(member, 0);
    }

    @Test
    void aMidnightThatSummerTimeSkipsComesWithTheDaysFirstMoment() {
        shop = service.signUp("America/Havana", "CU", "USD");
        startAt("2027-02-13T15:00:00Z");
        publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        buy(member("spring", Map.of()), 1_000, null);
        advanceTo("2027-03-14T04:59:59Z");
        assertThat(events()).isEmpty();
        advanceTo("2027-03-20T00:00:00Z");
        assertThat(events()).containsExactly("2027-03-14T05:00:00Z points.expired 10");
    }

    @Test
    void aMidnightThatComesTwiceInAutumnCountsOnce() {
        shop = service.signUp("America/Havana", "CU", "USD");
        startAt("2027-10-06T15:00:00Z");
        publish(Map.of("expiry", Map.of("mode", "fixed", "months", 1)));
        buy(member("autumn", Map.of()), 1_000, null);
        advanceTo("2027-11-20T00:00:00Z");
        assertThat(events()).containsExactly("2027-11-07T04:00:00Z points.expired 10");
    }

    @Test
    void pendingPointsAreAnnouncedAtTheMidnightOfTheirDay() {
        startAt("2027-01-10T03:00:00Z");
        publish(Map.of("earning", List.of(spend(Map.of("pending_days", 14)))));
        String member = member("patient", Map.of());
        buy(member, 1_000, null);
        buy(member, 2_000, null);
        shop.test().get("/v1/members/" + member).then().body("points.pending", equalTo(30));
        advanceTo("2027-02-20T00:00:00Z");
        assertThat(events()).containsExactly("2027-01-23T17:00:00Z points.available 30");
        shop.test().get("/v1/members/" + member).then().body("points.available", equalTo(30));
    }

    @Test
    void expirySwitchedOnWithOldBalancesExpiresNothingBeforeOneFullPeriod() {
        startAt("2027-01-10T03:00:00Z");
        publish(Map.of());
        String old = member("old", Map.of());
        buy(old, 1_000, null);
        advanceTo("2027-07-10T02:00:00Z");
        publish(Map.of("expiry", Map.of("mode", "fixed", "months", 3)));
        advanceTo("2027-07-11T00:00:00Z");
        shop.test()
                .get("/v1/members/" + old)
                .then()
                .body("points.expiring[0].at", equalTo("2027-10-10T17:00:00Z"));
        advanceTo("2027-10-10T16:59:59Z");
        assertThat(events()).isEmpty();
        advanceTo("2027-12-01T00:00:00Z");
        assertThat(events()).containsExactly("2027-10-10T17:00:00Z points.expired 10");
    }

    @Test
    void inactivitySwitchedOnCountsFromTheChangeAndSwitchedOffAgainNothingExpires() {
        startAt("2027-01-10T03:00:00Z");
        publish(Map.of());
        String sleeper = member("sleeper", Map.of());
        buy(sleeper, 1_000, null);
        advanceTo("2027-07-10T02:00:00Z");
        publish(
                Map.of(
                        "expiry",
                        Map.of("mode", "inactivity", "months", 6, "round_up_to_month_end", true)));
        advanceTo("2027-07-11T00:00:00Z");
        shop.test()
                .get("/v1/members/" + sleeper)
                .then()
                .body("points.expiring[0].at", equalTo("2028-01-31T17:00:00Z"));
        publish(Map.of());
        advanceTo("2028-06-01T00:00:00Z");
        assertThat(events()).isEmpty();
        points(sleeper, 10);
    }

    @Test
    void theTierWindowEndsAtLocalMidnightOn31December() {
        startAt("2027-12-30T03:00:00Z");
        publish(Map.of());
        String before = member("before", Map.of());
        String behind = member("behind", Map.of());
        advanceTo("2028-01-05T03:00:00Z");
        buy(before, 50_000, "2027-12-31T16:59:59Z");
        buy(behind, 50_000, "2027-12-31T17:00:00Z");
        publish(Map.of("tiers", tiers("calendar_year", "full", 0)));
        advanceTo("2028-01-06T00:00:00Z");
        tier(before, "vip", "2028-12-31T17:00:00Z");
        tier(behind, "vip", "2029-12-31T17:00:00Z");
        shop.test()
                .get("/v1/members/" + behind)
                .then()
                .body("tier.name", equalTo("VIP"))
                .body("tier.since", equalTo("2027-12-31T17:00:00Z"))
                .body("tier.progress.basis", equalTo("spend"))
                .body("tier.progress.value", equalTo(50_000))
                .body("tier.progress.to_next.tier", equalTo("star"))
                .body("tier.progress.to_next.missing", equalTo(50_000))
                .body("tier.progress.to_keep.missing", equalTo(50_000))
                .body("tier.progress.to_keep.by", equalTo("2029-12-31T17:00:00Z"))
                .body("tier.progress.projected", equalTo("member"));
        advanceTo("2029-06-01T00:00:00Z");
        assertThat(tierEvents(before))
                .containsExactly(
                        "2028-01-05T17:00:00Z tier.changed member vip program",
                        "2028-12-01T17:00:00Z tier.will_drop vip member",
                        "2028-12-31T17:00:00Z tier.changed vip member time");
        assertThat(tierEvents(behind))
                .containsExactly("2028-01-05T17:00:00Z tier.changed member vip program");
        tier(before, "member", null);
    }

    @Test
    void aPurchaseThatArrivesLateSavesATierWhoseWindowHasClosed() {
        startAt("2027-05-01T03:00:00Z");
        publish(Map.of());
        String late = member("late", Map.of());
        String fallen = member("fallen", Map.of());
        buy(late, 50_000, null);
        buy(fallen, 50_000, null);
        publish(Map.of("tiers", tiers("calendar_year", "full", 10)));
        advanceTo("2029-01-05T00:00:00Z");
        tier(late, "vip", "2029-01-10T17:00:00Z");
        buy(late, 50_000, "2028-12-20T03:00:00Z");
        advanceTo("2029-01-20T00:00:00Z");
        tier(late, "vip", "2030-01-10T17:00:00Z");
        tier(fallen, "member", null);
        assertThat(tierEvents(late))
                .doesNotContain("2029-01-10T17:00:00Z tier.changed vip member time");
        assertThat(tierEvents(fallen))
                .contains("2029-01-10T17:00:00Z tier.changed vip member time");
    }

    @Test
    void aPurchaseFromBeforeTheMemberJoinedCountsInItsWindow() {
        startAt("2027-06-01T03:00:00Z");
        publish(Map.of());
        String member = member("earlier", Map.of());
        buy(member, 50_000, "2027-03-01T03:00:00Z");
        publish(Map.of("tiers", tiers("calendar_year", "full", 0)));
        advanceTo("2027-06-03T00:00:00Z");
        tier(member, "vip", "2028-12-31T17:00:00Z");
    }

    @Test
    void theRollingWindowIsJudgedOnTheNightOnWhichItLetsGo() {
        startAt("2027-03-01T03:00:00Z");
        publish(Map.of());
        String member = member("rolling", Map.of());
        buy(member, 100_000, null);
        publish(Map.of("tiers", tiers("rolling_12_months", "full", 0)));
        advanceTo("2027-03-02T00:00:00Z");
        tier(member, "star", "2028-03-01T17:00:00Z");
        advanceTo("2028-04-01T00:00:00Z");
        assertThat(tierEvents(member))
                .containsExactly(
                        "2027-03-01T17:00:00Z tier.changed member star program",
                        "2028-01-31T17:00:00Z tier.will_drop star member",
                        "2028-03-01T17:00:00Z tier.changed star member time");
    }

    @Test
    void aProgramChangeNeverLowersAHeldTierBeforeItsEnd() {
        startAt("2027-03-01T03:00:00Z");
        publish(Map.of());
        String member = member("promised", Map.of());
        buy(member, 50_000, null);
        publish(Map.of("tiers", tiers("calendar_year", "full", 0)));
        advanceTo("2027-03-02T00:00:00Z");
        Map<String, Object> dearer = new HashMap<>(tiers("calendar_year", "full", 0));
        dearer.put("levels", List.of(level("member", "Member", 0), level("vip", "VIP", 80_000)));
        publish(Map.of("tiers", dearer));
        advanceTo("2028-12-31T16:59:59Z");
        tier(member, "vip", "2028-12-31T17:00:00Z");
        advanceTo("2029-01-02T00:00:00Z");
        tier(member, "member", null);
    }

    @Test
    void birthdayPointsComeOnTheDayInTheMembersOwnZoneOnceAYear() {
        startAt("2027-01-29T03:00:00Z");
        publish(occasions());
        String here = member("here", Map.of("birth_date", "1990-02-10"));
        String ahead =
                member("ahead", Map.of("birth_date", "--02-10", "time_zone", "Pacific/Auckland"));
        String leap = member("leap", Map.of("birth_date", "2000-02-29"));
        advanceTo("2028-03-05T00:00:00Z");
        assertThat(awards(here, "birthday"))
                .containsExactly("2028-02-09T17:00:00Z", "2027-02-09T17:00:00Z");
        assertThat(awards(ahead, "birthday"))
                .containsExactly("2028-02-09T11:00:00Z", "2027-02-09T11:00:00Z");
        assertThat(awards(leap, "birthday"))
                .containsExactly("2028-02-28T17:00:00Z", "2027-02-27T17:00:00Z");
    }

    @Test
    void aBirthdayEditedWithin30DaysOrTwiceInAYearBringsPointsOnceAYear() {
        startAt("2027-01-29T03:00:00Z");
        publish(occasions());
        String soon = member("soon", Map.of("birth_date", "1990-08-08"));
        String greedy = member("greedy", Map.of("birth_date", "1990-02-10"));
        birthDate(soon, "1990-02-20");
        advanceTo("2027-02-15T00:00:00Z");
        birthDate(greedy, "1990-06-10");
        advanceTo("2027-07-01T00:00:00Z");
        birthDate(greedy, "1990-10-10");
        advanceTo("2028-03-01T00:00:00Z");
        assertThat(awards(soon, "birthday")).containsExactly("2028-02-19T17:00:00Z");
        assertThat(awards(greedy, "birthday")).containsExactly("2027-02-09T17:00:00Z");
    }

    @Test
    void whoJoinedOn29FebruaryHasTheAnniversaryOnThe28thInCommonYears() {
        startAt("2028-02-29T03:00:00Z");
        publish(occasions());
        String leap = member("leap-joiner", Map.of());
        advanceTo("2029-04-01T00:00:00Z");
        assertThat(awards(leap, "anniversary")).containsExactly("2029-02-27T17:00:00Z");
    }

    @Test
    void aYearWithAHundredMembersPassesInSeconds() {
        startAt("2027-01-01T03:00:00Z");
        Map<String, Object> whole = new HashMap<>(occasions());
        whole.put("tiers", tiers("calendar_year", "full", 0));
        whole.put("expiry", Map.of("mode", "fixed", "months", 3));
        publish(whole);
        for (int i = 0; i < 100; i++) {
            String birth = String.format(Locale.ROOT, "1990-%02d-%02d", 1 + i % 12, 1 + i % 28);
            String member = member("m" + i, Map.of("birth_date", birth));
            buy(member, 10_000 + i * 1_000L, null);
        }
        long began = System.nanoTime();
        JsonPath ran = advanceTo("2028-01-01T03:00:00Z");
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT, "a year with 100 members: %.1f s, %s%n", seconds, ran.get("ran"));
        assertThat(ran.getLong("ran.awards")).isEqualTo(200);
        assertThat(ran.getLong("ran.points_expired")).isPositive();
        assertThat(seconds).isLessThan(60);
    }

    @Test
    void aLotOrATierThatIsNotAsTheHistorySaysIsReported() {
        startAt("2027-03-01T03:00:00Z");
        publish(Map.of());
        String member = member("checked", Map.of());
        buy(member, 50_000, null);
        publish(Map.of("tiers", tiers("calendar_year", "full", 0)));
        advanceTo("2027-03-03T00:00:00Z");
        assertThat(findings()).isEmpty();
        change("update %s.lot set remaining = remaining - 7, lost = 7");
        assertThat(findings())
                .containsExactly(
                        "balance: balance 500, entries 500, open lots 493, debt 0",
                        "lot: lot of 500: remaining 493, reversed 0, lost 7, booked 500, expired 0");
        change("update %s.lot set remaining = remaining + 7, lost = 0");
        change("update %s.account set tier = 'star'");
        assertThat(findings())
                .containsExactly(
                        "tier: holds star until 2028-12-31T17:00:00Z, the policy says vip until 2028-12-31T17:00:00Z");
    }

    private static Map<String, Object> occasions() {
        return Map.of(
                "earning",
                List.of(
                        spend(Map.of()),
                        Map.of("key", "bday", "on", "birthday", "points", Map.of("fixed", 50)),
                        Map.of(
                                "key",
                                "years",
                                "on",
                                "anniversary",
                                "points",
                                Map.of("fixed", 70))));
    }

    private static Map<String, Object> spend(Map<String, Object> more) {
        Map<String, Object> rule =
                new HashMap<>(
                        Map.of(
                                "key", "spend",
                                "on", "purchase",
                                "points", Map.of("per_amount", 100, "award", 1)));
        rule.putAll(more);
        return rule;
    }

    private static Map<String, Object> tiers(String window, String policy, int grace) {
        return Map.of(
                "basis",
                "spend",
                "window",
                window,
                "downgrade",
                Map.of("policy", policy, "grace_days", grace),
                "levels",
                List.of(
                        level("member", "Member", 0),
                        level("vip", "VIP", 50_000),
                        level("star", "Star", 100_000)));
    }

    private static Map<String, Object> level(String key, String name, long threshold) {
        return Map.of("key", key, "name", name, "threshold", threshold);
    }

    private void startAt(String moment) {
        shop.test().body(Map.of("start", moment)).post("/v1/test-clock").then().statusCode(200);
    }

    private void publish(Map<String, Object> parts) {
        String currency = shop.live().get("/v1/program").jsonPath().getString("currency");
        Map<String, Object> program = new HashMap<>(Shop.program(currency, 100));
        program.putAll(parts);
        Shop.publish(shop.test(), shop.test(), program);
    }

    private String member(String externalId, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("external_id", externalId));
        body.putAll(more);
        return Shop.enrol(shop.test(), body).getString("id");
    }

    private void buy(String member, long amount, @Nullable String at) {
        Map<String, Object> body =
                new HashMap<>(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "o" + ++orders,
                                "member",
                                member,
                                "amount",
                                amount));
        if (at != null) {
            body.put("purchased_at", at);
        }
        shop.test().body(body).post("/v1/purchases").then().statusCode(201);
    }

    private void birthDate(String member, String date) {
        shop.test()
                .body(Map.of("birth_date", date))
                .patch("/v1/members/" + member)
                .then()
                .statusCode(200);
    }

    private JsonPath advanceTo(String moment) {
        return shop.test()
                .body(Map.of("to", moment))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void points(String member, int available) {
        shop.test()
                .get("/v1/members/" + member)
                .then()
                .body("points.available", equalTo(available));
    }

    private void tier(String member, String key, @Nullable String endsAt) {
        shop.test()
                .get("/v1/members/" + member)
                .then()
                .body("tier.key", equalTo(key))
                .body("tier.ends_at", endsAt == null ? nullValue() : equalTo(endsAt));
    }

    private List<String> awards(String member, String occasion) {
        String rule = occasion.equals("birthday") ? "bday" : "years";
        return shop.test()
                .get("/v1/members/" + member + "/transactions")
                .jsonPath()
                .getList("data.findAll { it.rule == '" + rule + "' }.occurred_at", String.class);
    }

    /** The events of points, as {@code moment type points}, in their order. */
    private List<String> events() {
        return rows(
                "select occurred_at, type || ' ' || (data ->> 'points') as what from %s.event"
                        + " where type like 'points.%%' order by id");
    }

    private List<String> tierEvents(String member) {
        return rows(
                "select occurred_at, type || ' ' || coalesce(data ->> 'from', data ->> 'tier') || ' ' || (data ->> 'to')"
                        + " || coalesce(' ' || (data ->> 'cause'), '') as what from %s.event"
                        + " where type like 'tier.%%' and data ->> 'member' = '"
                        + member
                        + "' order by id");
    }

    private List<String> rows(String sql) {
        return inDatabase(statement -> {
            String schema = schema(statement);
            List<String> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(String.format(Locale.ROOT, sql, schema))) {
                while (row.next()) {
                    rows.add(
                            row.getObject("occurred_at", OffsetDateTime.class).toInstant()
                                    + " "
                                    + row.getString("what"));
                }
            }
            return rows;
        });
    }

    private List<String> findings() {
        TenantRef side =
                new TenantRef(
                        TenantId.parse(shop.tenantId()).orElseThrow(),
                        Side.TEST,
                        inDatabase(this::schema),
                        ZoneId.of("Asia/Ho_Chi_Minh"),
                        "VN",
                        Locale.of("vi"));
        try (Databases databases =
                Databases.open(service.database(), Clock.system(), new MetricRegistry())) {
            return new CheckShop(databases.tenants(), new Programs())
                    .findings(side).stream().map(f -> f.kind() + ": " + f.detail()).toList();
        }
    }

    private void change(String sql) {
        inDatabase(statement ->
                statement.executeUpdate(String.format(Locale.ROOT, sql, schema(statement))));
    }

    private interface Work<R> {
        R on(Statement statement) throws SQLException;
    }

    private <R> R inDatabase(Work<R> work) {
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String schema(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        "select test_schema from control.tenant where id = '"
                                + shop.tenantUuid()
                                + "'")) {
            row.next();
            return row.getString(1);
        }
    }
}
