package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.Inside;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantTx;
import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A campaign from its draft to its report: looked at, tried out and measured. */
class CampaignLifeJourney {

    @Test
    void aDraftShowsWhomItWouldReachWhatItMayCostAndHowItLooksAndKeepsNothing() {
        Marketing shop = FiveOff.newYork();
        shop.member(Map.of("birth_date", "1990-01-20", "name", "Ann"));
        shop.member(Map.of("birth_date", "1991-01-20", "name", "Bob"));
        shop.member(Map.of("birth_date", "1990-01-20", "consents", List.of()));
        String other = shop.member(Map.of("birth_date", "1990-06-01", "name", "Cy"));
        String id = shop.draft("birthday", FiveOff.BIRTHDAY);
        JsonPath preview = shop.preview(id);
        assertThat(preview.getString("next_at")).isEqualTo("2027-01-20T14:00:00Z");
        assertThat(preview.getInt("audience")).isEqualTo(3);
        assertThat(preview.getInt("planned")).isEqualTo(2);
        assertThat(preview.getInt("skipped.no_consent")).isEqualTo(1);
        assertThat(preview.getLong("cost.at_most")).isEqualTo(1_000);
        assertThat(preview.getString("mail.html")).contains("Five off", "/u/sample");
        assertThat(shop.preview(id, other).getString("mail.text")).contains("Cy");
        assertThat(shop.voucherStates(other)).isEmpty();
        assertThat(shop.till().api().get("/v1/messages").<List<Object>>path("data")).isEmpty();
    }

    @Test
    void everyKindShowsItsMailAndIsSentToTheShopOnRequest() {
        Marketing shop = FiveOff.newYork();
        String member = shop.member(Map.of("birth_date", "1990-01-20", "name", "Ann"));
        shop.till().buys(member, 5_000);
        for (String kind :
                List.of(
                        "birthday",
                        "anniversary",
                        "monthly_progress",
                        "points_expiring",
                        "welcome",
                        "thank_you",
                        "tier_changed",
                        "nps")) {
            String id = shop.draft(kind, "\"schedule\": {}");
            assertThat(shop.preview(id).getString("mail.html")).as(kind).contains("<html");
            shop.till()
                    .api()
                    .body(Map.of("to", kind + shop.shop().email(), "member", member))
                    .post("/v1/campaigns/{id}/test-send", id)
                    .then()
                    .statusCode(202);
            String subject =
                    shop.shop()
                            .service()
                            .rawApi()
                            .queryParam("to", kind + shop.shop().email())
                            .get("/inbox/messages")
                            .path("data[0].subject");
            assertThat(subject).startsWith("[Test] ");
        }
        assertThat(shop.messages(member)).isEmpty();
    }

    @Test
    void aShopWithoutMembersSeesItsMailAndMayThrowTheDraftAway() {
        Marketing shop = FiveOff.newYork();
        String id = shop.draft("birthday", FiveOff.BIRTHDAY);
        JsonPath mail = shop.till().api().post("/v1/campaigns/{id}/preview", id).as(Fields.class);
        assertThat(mail.getString("mail.html")).contains("Five off");
        assertThat(mail.getString("mail.member")).isNull();
        shop.till()
                .api()
                .body(Map.of("to", "early" + shop.shop().email()))
                .post("/v1/campaigns/{id}/test-send", id)
                .then()
                .statusCode(202);
        assertThat(shop.till().api().get("/v1/members").<List<Object>>path("data")).isEmpty();
        shop.till().api().delete("/v1/campaigns/{id}", id).then().statusCode(204);
        shop.till().api().get("/v1/campaigns/{id}", id).then().statusCode(404);
        String ran = shop.run("birthday", FiveOff.BIRTHDAY);
        shop.till().api().delete("/v1/campaigns/{id}", ran).then().statusCode(409);
    }

    @Test
    void anEmptyPartIsTakenOffAndNullLeavesIt() {
        Marketing shop = FiveOff.newYork();
        String segment =
                shop.till()
                        .calls()
                        .post(
                                "/v1/segments",
                                "{\"name\": \"x\", \"filter\": {\"field\": \"points\", \"op\": \"gt\", \"value\": 1}}",
                                201)
                        .get("id");
        String id =
                shop.draft(
                        "birthday",
                        "\"audience\": {\"segment\": \"" + segment + "\"}, " + FiveOff.BIRTHDAY);
        String path = "/v1/campaigns/" + id;
        JsonPath same =
                shop.till()
                        .loose()
                        .body("{\"offer\": null, \"audience\": null}")
                        .patch(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class);
        assertThat(same.getString("offer.reward")).isEqualTo("five");
        assertThat(same.getString("audience.segment")).isEqualTo(segment);
        JsonPath bare =
                shop.till()
                        .calls()
                        .patch(path, "{\"offer\": {}, \"audience\": {}, \"content\": {}}");
        assertThat(bare.<Object>get("offer")).isNull();
        assertThat(bare.<Object>get("audience")).isNull();
        assertThat(bare.<Object>get("content")).isNull();
        shop.till().calls().post(path + "/activate", 200);
    }

    @Test
    void theReportComparesThoseWhoGotItWithThoseHeldOut() {
        Marketing shop = FiveOff.newYork();
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\"}, \"holdout_percent\": 50, \"schedule\": {}");
        List<String> members = shop.members(30, Map.of("birth_date", "1990-01-20"));
        shop.till().advance("2027-01-21T12:00:00Z");
        List<String> got =
                members.stream()
                        .filter(member -> shop.messages(member).getFirst().endsWith("sent"))
                        .toList();
        got.forEach(member -> shop.till().buys(member, 1_000));
        JsonPath early = shop.report(id);
        assertThat(early.getInt("sent")).isEqualTo(got.size());
        assertThat(early.getInt("skipped.holdout")).isEqualTo(30 - got.size());
        assertThat(early.getLong("revenue")).isEqualTo(1_000L * got.size());
        assertThat(early.getString("comparison.sentence")).contains("14 days are over yet");
        shop.till().advance("P20D");
        JsonPath late = shop.report(id);
        assertThat(late.getInt("comparison.treated.bought")).isEqualTo(got.size());
        assertThat(late.getInt("comparison.held_out.bought")).isZero();
        assertThat(late.getBoolean("comparison.proven")).isTrue();
        assertThat(late.getString("comparison.sentence")).contains("the mail brings buyers");
        shop.till().api().get("/v1/campaigns/{id}/report?window_days=0", id).then().statusCode(422);
    }

    @Test
    void campaignsThatAreActivatedAtOnceBothHearOfTheirEvents() throws Exception {
        Marketing shop = FiveOff.newYork();
        String first = shop.draft("welcome", "\"schedule\": {}");
        String second = shop.draft("thank_you", "\"schedule\": {}");
        DatabaseSettings database = shop.shop().service().database();
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
                Inside inside = Inside.of(shop.shop(), Side.TEST);
                Connection messages = TestDatabase.superuserConnection(database);
                Connection settings = TestDatabase.superuserConnection(database)) {
            String schema = inside.in(tx -> tx.tenant().schema());
            // The first has said what it waits for and has not committed, when the second, which
            // cannot see it yet, is about to say so.
            lock(messages, schema + ".message", "share");
            Future<?> one = hands.submit(() -> activate(shop, first));
            Awaitility.await().until(() -> TestDatabase.waiting(database) >= 1);
            Future<?> lock =
                    hands.submit(() -> lock(settings, schema + ".setting", "share row exclusive"));
            Awaitility.await().until(() -> TestDatabase.waiting(database) >= 2);
            Future<?> other = hands.submit(() -> activate(shop, second));
            Awaitility.await().until(() -> TestDatabase.waiting(database) >= 3);
            messages.commit();
            one.get();
            lock.get();
            settings.commit();
            other.get();
            assertThat(inside.in(CampaignLifeJourney::awaited))
                    .containsExactly("await:member.created", "await:purchase.recorded");
        }
    }

    private static void activate(Marketing shop, String campaign) {
        shop.till().calls().post("/v1/campaigns/" + campaign + "/activate", 200);
    }

    private static boolean lock(Connection connection, String table, String mode)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            return statement.execute("lock table " + table + " in " + mode + " mode");
        }
    }

    private static List<String> awaited(TenantTx tx) {
        return tx.query("select key from <t>.setting where starts_with(key, 'await:') order by key")
                .mapTo(String.class)
                .list();
    }

    @Test
    void theCalendarSaysWhatGoesOutWhenAndADuplicateIsADraft() {
        Marketing shop = FiveOff.newYork();
        shop.member(Map.of("birth_date", "1990-01-20"));
        shop.member(Map.of("birth_date", "1990-02-03"));
        String id = shop.run("birthday", FiveOff.BIRTHDAY);
        shop.run("monthly_progress", "\"schedule\": {\"day_of_month\": 31}");
        shop.run("thank_you", "\"schedule\": {}");
        JsonPath calendar =
                shop.till()
                        .api()
                        .get("/v1/campaigns/calendar?from=2027-01-01&to=2027-02-28")
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class);
        List<Map<String, Object>> days = calendar.getList("days");
        assertThat(
                        days.stream()
                                .map(day ->
                                        day.get("date")
                                                + " "
                                                + day.get("kind")
                                                + " "
                                                + day.get("about")))
                .containsExactly(
                        "2027-01-20 birthday 1",
                        "2027-01-31 monthly_progress 2",
                        "2027-02-03 birthday 1",
                        "2027-02-28 monthly_progress 2");
        assertThat(calendar.getString("answering[0].kind")).isEqualTo("thank_you");
        shop.till()
                .api()
                .get("/v1/campaigns/calendar?from=2027-01-01&to=2028-01-01")
                .then()
                .statusCode(422);
        JsonPath copy =
                shop.till()
                        .api()
                        .post("/v1/campaigns/{id}/duplicate", id)
                        .then()
                        .statusCode(201)
                        .extract()
                        .as(Fields.class);
        assertThat(copy.getString("state")).isEqualTo("draft");
        assertThat(copy.getString("offer.reward")).isEqualTo("five");
    }
}
