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
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A campaign from its draft to its report: looked at, tried out, explained and measured. */
class CampaignLifeJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "tiers": {"basis": "spend", "window": "lifetime", "levels": [
                {"key": "member", "name": "Member", "threshold": 0},
                {"key": "vip", "name": "VIP", "threshold": 100000}]},
            "rewards": [{"key": "five", "name": "Five off", "kind": "amount_off", "amount": 500, "valid_days": 21}]
            """;
    private static final String BIRTHDAY = "\"offer\": {\"reward\": \"five\"}, \"schedule\": {}";

    @Test
    void aDraftShowsWhomItWouldReachWhatItMayCostAndHowItLooksAndKeepsNothing() {
        Marketing shop = newYork();
        shop.member(Map.of("birth_date", "1990-01-20", "name", "Ann"));
        shop.member(Map.of("birth_date", "1991-01-20", "name", "Bob"));
        shop.member(Map.of("birth_date", "1990-01-20", "consents", List.of()));
        String other = shop.member(Map.of("birth_date", "1990-06-01", "name", "Cy"));
        String id = draft(shop, "birthday", BIRTHDAY);
        JsonPath preview = preview(shop, id, "{}");
        assertThat(preview.getString("next_at")).isEqualTo("2027-01-20T14:00:00Z");
        assertThat(preview.getInt("audience")).isEqualTo(3);
        assertThat(preview.getInt("planned")).isEqualTo(2);
        assertThat(preview.getInt("skipped.no_consent")).isEqualTo(1);
        assertThat(preview.getLong("cost.at_most")).isEqualTo(1_000);
        assertThat(preview.getString("mail.html")).contains("Five off", "/u/sample");
        assertThat(preview(shop, id, "{\"member\": \"" + other + "\"}").getString("mail.text"))
                .contains("Cy");
        assertThat(shop.voucherStates(other)).isEmpty();
        assertThat(shop.till().api().get("/v1/messages").<List<Object>>path("data")).isEmpty();
    }

    @Test
    void everyKindShowsItsMailAndIsSentToTheShopOnRequest() {
        Marketing shop = newYork();
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
            String id = draft(shop, kind, "\"schedule\": {}");
            assertThat(preview(shop, id, "{}").getString("mail.html")).as(kind).contains("<html");
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
        Marketing shop = newYork();
        String id = draft(shop, "birthday", BIRTHDAY);
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
        String ran = shop.run("birthday", BIRTHDAY);
        shop.till().api().delete("/v1/campaigns/{id}", ran).then().statusCode(409);
    }

    @Test
    void itIsExplainedWhySomebodyDidWillOrWillNotGetIt() {
        Marketing shop = newYork();
        String ann = shop.member(Map.of("birth_date", "1990-01-20"));
        String mute = shop.member(Map.of("birth_date", "1990-02-01", "consents", List.of()));
        String never = shop.member(Map.of());
        String id = shop.run("birthday", BIRTHDAY);
        assertThat(explain(shop, id, ann).getString("sentence"))
                .isEqualTo("The member will get it on 20 January 2027, 09:00 (America/New_York).");
        assertThat(explain(shop, id, ann).getString("verdict")).isEqualTo("will_get");
        JsonPath refused = explain(shop, id, mute);
        assertThat(refused.getString("verdict")).isEqualTo("will_not_get");
        assertThat(refused.getString("reason")).isEqualTo("no_consent");
        assertThat(explain(shop, id, never).getString("verdict")).isEqualTo("not_due");
        shop.till().advance("2027-01-21T12:00:00Z");
        JsonPath got = explain(shop, id, ann);
        assertThat(got.getString("verdict")).isEqualTo("got");
        assertThat(got.getString("sentence"))
                .contains(
                        "got it on 20 January 2027, 09:00 (America/New_York) for 2027-01-20",
                        "will get it on 20 January 2028");
        String welcome = shop.run("welcome", "\"schedule\": {}");
        assertThat(explain(shop, welcome, ann).getString("sentence"))
                .contains("after the next member.created");
    }

    @Test
    void whatWaitsForTheMorningIsToldSoEverywhere() {
        Marketing shop = newYork();
        String ann = shop.member(Map.of("birth_date", "1990-01-20"));
        String id = shop.run("birthday", "\"schedule\": {\"at\": \"06:00\"}");
        assertThat(explain(shop, id, ann).getString("sentence"))
                .isEqualTo("The member will get it on 20 January 2027, 08:00 (America/New_York).");
        assertThat(explain(shop, id, ann).getString("at")).isEqualTo("2027-01-20T13:00:00Z");
        assertThat(preview(shop, id, "{}").getString("next_at")).isEqualTo("2027-01-20T13:00:00Z");
        JsonPath calendar =
                shop.till().calls().get("/v1/campaigns/calendar?from=2027-01-01&to=2027-01-31");
        assertThat(calendar.getString("days[0].at")).isEqualTo("2027-01-20T13:00:00Z");
        shop.till().advance("2027-01-20T14:00:00Z");
        assertThat(shop.sent(ann, "birthday")).containsExactly("2027-01-20T13:00:00Z");
    }

    @Test
    void nobodyIsPromisedMoreThanTheBudgetHas() {
        Marketing shop = newYork();
        String ann = shop.member(Map.of("birth_date", "1990-01-20"));
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\", \"budget\": 1}, \"schedule\": {}");
        assertThat(explain(shop, id, ann).getString("sentence"))
                .isEqualTo(
                        "The member will get it on 20 January 2027, 09:00 (America/New_York), unless what is"
                                + " left of the budget (1) has been given to others by then.");
    }

    @Test
    void aSentenceHasNoKeysInItAndNoGuessAtWhoSuppressedAnAddress() {
        Marketing shop = newYork();
        String ann = shop.member(Map.of());
        String mute = shop.member(Map.of());
        String email = shop.till().shown(mute).getString("email");
        shop.till().calls().post("/v1/suppressions", Map.of("email", email), 201);
        String id =
                shop.run("broadcast", "\"schedule\": {\"starts_at\": \"2027-01-11T15:00:00Z\"}");
        shop.till().advance("2027-01-12T12:00:00Z");
        assertThat(explain(shop, id, ann).getString("sentence"))
                .startsWith("The member got it on 11 January 2027, 10:00 (America/New_York). ");
        assertThat(explain(shop, id, mute).getString("sentence"))
                .contains("the address is suppressed", "entered by hand");
    }

    @Test
    void anEmptyPartIsTakenOffAndNullLeavesIt() {
        Marketing shop = newYork();
        String segment =
                shop.till()
                        .calls()
                        .post(
                                "/v1/segments",
                                "{\"name\": \"x\", \"filter\": {\"field\": \"points\", \"op\": \"gt\", \"value\": 1}}",
                                201)
                        .get("id");
        String id =
                draft(
                        shop,
                        "birthday",
                        "\"audience\": {\"segment\": \"" + segment + "\"}, " + BIRTHDAY);
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
        Marketing shop = newYork();
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\"}, \"holdout_percent\": 50, \"schedule\": {}");
        List<String> members =
                IntStream.range(0, 30)
                        .mapToObj(i -> shop.member(Map.of("birth_date", "1990-01-20")))
                        .toList();
        shop.till().advance("2027-01-21T12:00:00Z");
        List<String> got =
                members.stream()
                        .filter(member -> shop.messages(member).getFirst().endsWith("sent"))
                        .toList();
        got.forEach(member -> shop.till().buys(member, 1_000));
        JsonPath early = report(shop, id);
        assertThat(early.getInt("sent")).isEqualTo(got.size());
        assertThat(early.getInt("skipped.holdout")).isEqualTo(30 - got.size());
        assertThat(early.getLong("revenue")).isEqualTo(1_000L * got.size());
        assertThat(early.getString("comparison.sentence")).contains("14 days are over yet");
        shop.till().advance("P20D");
        JsonPath late = report(shop, id);
        assertThat(late.getInt("comparison.treated.bought")).isEqualTo(got.size());
        assertThat(late.getInt("comparison.held_out.bought")).isZero();
        assertThat(late.getBoolean("comparison.proven")).isTrue();
        assertThat(late.getString("comparison.sentence")).contains("the mail brings buyers");
        shop.till().api().get("/v1/campaigns/{id}/report?window_days=0", id).then().statusCode(422);
    }

    @Test
    void theBudgetOfOffersIsKept() {
        Marketing shop = newYork();
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\", \"budget\": 2}, \"schedule\": {}");
        List<String> members =
                IntStream.range(0, 3)
                        .mapToObj(i -> shop.member(Map.of("birth_date", "1990-01-20")))
                        .toList();
        shop.till().advance("2027-01-21T12:00:00Z");
        assertThat(members.stream().flatMap(member -> shop.messages(member).stream()))
                .containsExactlyInAnyOrder(
                        "birthday 2027-01-20 sent",
                        "birthday 2027-01-20 sent",
                        "birthday 2027-01-20 skipped budget_spent");
        assertThat(report(shop, id).getInt("vouchers")).isEqualTo(2);
    }

    @Test
    void whoseMailWouldNotLeaveTakesNoOfferFromTheOthers() {
        Marketing shop = newYork();
        Map<String, Object> born = Map.of("birth_date", "1990-01-20");
        String suppressed = shop.member(born);
        String otherTopics = shop.member(born);
        String last = shop.member(born);
        String email = shop.till().shown(suppressed).getString("email");
        shop.till().calls().post("/v1/suppressions", Map.of("email", email), 201);
        shop.wants(otherTopics, "news");
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\", \"budget\": 1}, \"schedule\": {}");
        JsonPath preview = preview(shop, id, "{}");
        assertThat(preview.getInt("planned")).isEqualTo(1);
        assertThat(preview.<Map<String, Integer>>get("skipped"))
                .isEqualTo(Map.of("suppressed", 1, "no_consent", 1));
        assertThat(explain(shop, id, suppressed).getString("reason")).isEqualTo("suppressed");
        assertThat(explain(shop, id, otherTopics).getString("reason")).isEqualTo("no_consent");
        shop.till().advance("2027-01-21T12:00:00Z");
        assertThat(shop.messages(suppressed))
                .containsExactly("birthday 2027-01-20 skipped suppressed");
        assertThat(shop.messages(otherTopics))
                .containsExactly("birthday 2027-01-20 skipped no_consent");
        assertThat(shop.messages(last)).containsExactly("birthday 2027-01-20 sent");
        assertThat(shop.voucherStates(suppressed)).isEmpty();
    }

    @Test
    void theBudgetShownIsThatOfAllZonesAndDaysTogether() {
        Marketing shop = newYork();
        shop.member(Map.of("birth_date", "1990-01-20"));
        shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Asia/Ho_Chi_Minh"));
        shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Europe/Berlin"));
        shop.member(Map.of("birth_date", "1990-01-25"));
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\", \"budget\": 2}, \"schedule\": {}");
        JsonPath preview = preview(shop, id, "{}");
        assertThat(preview.getInt("planned")).isEqualTo(2);
        assertThat(preview.getInt("skipped.budget_spent")).isEqualTo(1);
        JsonPath calendar =
                shop.till()
                        .api()
                        .get("/v1/campaigns/calendar?from=2027-01-01&to=2027-01-31")
                        .as(Fields.class);
        assertThat(calendar.<List<Integer>>get("days.about")).containsExactly(2);
    }

    @Test
    void whoHasTheMailOfAnotherCampaignTakesNoOffer() {
        Marketing shop = newYork();
        Map<String, Object> born = Map.of("birth_date", "1990-01-20");
        String had = shop.member(Map.of("birth_date", "1990-01-20", "locale", "vi"));
        String hasNone = shop.member(born);
        String segment =
                shop.till()
                        .calls()
                        .post(
                                "/v1/segments",
                                Map.of(
                                        "name",
                                        "vi",
                                        "filter",
                                        Map.of("field", "locale", "op", "eq", "value", "vi")),
                                201)
                        .get("id");
        // Held out, so that it is not the campaign itself that passes them over.
        shop.run(
                "birthday",
                "\"audience\": {\"segment\": \"%s\"}, \"holdout_percent\": 90, \"schedule\": {\"at\": \"08:00\"}"
                        .formatted(segment));
        String second =
                shop.run(
                        "birthday",
                        "\"offer\": {\"reward\": \"five\", \"budget\": 1}, \"schedule\": {\"at\": \"10:00\"}");
        shop.till().advance("2027-01-20T14:00:00Z");
        assertThat(shop.messages(had)).hasSize(1);
        assertThat(preview(shop, second, "{}").getInt("planned")).isEqualTo(1);
        shop.till().advance("2027-01-21T12:00:00Z");
        assertThat(shop.messages(hasNone)).containsExactly("birthday 2027-01-20 sent");
    }

    @Test
    void campaignsThatAreActivatedAtOnceBothHearOfTheirEvents() throws Exception {
        Marketing shop = newYork();
        String first = draft(shop, "welcome", "\"schedule\": {}");
        String second = draft(shop, "thank_you", "\"schedule\": {}");
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
    void whoIsNotLookedForIsToldWhy() {
        Marketing shop = newYork();
        String mute = shop.member(Map.of("consents", List.of()));
        String never = shop.member(Map.of());
        shop.till().buys(mute, 1_000);
        String winBack = shop.run("win_back", "\"schedule\": {\"silence_days\": 30}");
        String broadcast =
                shop.run("broadcast", "\"schedule\": {\"starts_at\": \"2027-01-11T15:00:00Z\"}");
        shop.till().advance("2027-01-12T12:00:00Z");
        for (String id : List.of(winBack, broadcast)) {
            JsonPath refused = explain(shop, id, mute);
            assertThat(refused.getString("verdict")).isEqualTo("will_not_get");
            assertThat(refused.getString("reason")).isEqualTo("no_consent");
            assertThat(refused.getString("sentence"))
                    .isEqualTo(
                            "As things are, the member does not get it, because the member has not"
                                    + " agreed to marketing mail, or not to this kind of it.");
        }
        assertThat(explain(shop, winBack, never).getString("verdict")).isEqualTo("not_due");
    }

    @Test
    void pointsAreGivenWithTheMailAndTakenBackWithOneThatIsNotSent() {
        Marketing shop = newYork();
        String both = "{\"name\": \"x\", \"kind\": \"birthday\", \"offer\": {%s}}";
        shop.refuses(both.formatted("\"reward\": \"five\", \"points\": 5"), "/offer", "one_of");
        shop.refuses(both.formatted("\"valid_days\": 5"), "/offer", "one_of");
        shop.refuses(both.formatted("\"points\": 0"), "/offer/points", "out_of_range");
        String got = shop.member(Map.of("birth_date", "1990-01-20", "name", "Ann"));
        String no = shop.member(Map.of("birth_date", "1990-01-20"));
        String late = shop.member(Map.of("birth_date", "1990-01-20"));
        // Planned at seven, sent when the night is over: time to change one's mind.
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"points\": 50, \"valid_days\": 30}, \"schedule\": {\"at\": \"07:00\"}");
        JsonPath preview = preview(shop, id, "{}");
        assertThat(preview.getLong("cost.points")).isEqualTo(150);
        assertThat(preview.getString("mail.text")).contains("+50 ", "February 9, 2027");
        assertThat(transactions(shop, got)).isEmpty();
        shop.till().advance("2027-01-20T12:30:00Z");
        assertThat(transactions(shop, no)).containsExactly("earn 50 birthday 2027-02-20T05:00:00Z");
        shop.withdraws(no);
        assertThat(transactions(shop, no)).hasSize(2).first().asString().startsWith("reverse -50");
        shop.till().advance("2027-01-20T13:00:00Z");
        assertThat(shop.text(got))
                .contains("+50 ", "nothing you need to do")
                .doesNotContain("code");
        assertThat(shop.till().shown(got).getInt("points.available")).isEqualTo(50);
        assertThat(shop.till().shown(late).getInt("points.available")).isEqualTo(50);
        assertThat(shop.till().shown(no).getInt("points.available")).isZero();
        assertThat(report(shop, id).getInt("points")).isEqualTo(100);
        // Cancelled between the planning and the morning.
        String welcome =
                shop.run("welcome", "\"offer\": {\"points\": 7, \"budget\": 1}, \"schedule\": {}");
        shop.till().advance("2027-01-21T03:00:00Z");
        String joined = shop.member(Map.of());
        String second = shop.member(Map.of());
        shop.till().advance("PT1M");
        assertThat(shop.till().shown(joined).getInt("points.available")).isEqualTo(7);
        assertThat(shop.messages(second)).singleElement().asString().endsWith("budget_spent");
        shop.till().calls().post("/v1/campaigns/" + welcome + "/cancel", 200);
        assertThat(shop.till().shown(joined).getInt("points.available")).isZero();
        shop.till().advance("2027-02-21T12:00:00Z");
        assertThat(shop.till().shown(got).getInt("points.available")).isZero();
    }

    /** Newest first, as {@code kind points why end}. */
    private static List<String> transactions(Marketing shop, String member) {
        List<Map<String, Object>> rows =
                shop.till()
                        .api()
                        .get("/v1/members/{id}/transactions", member)
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class)
                        .get("data");
        return rows.stream()
                .map(row ->
                        row.get("kind")
                                + " "
                                + row.get("points")
                                + " "
                                + row.get("why")
                                + " "
                                + row.get("expires_at"))
                .toList();
    }

    @Test
    void theCalendarSaysWhatGoesOutWhenAndADuplicateIsADraft() {
        Marketing shop = newYork();
        shop.member(Map.of("birth_date", "1990-01-20"));
        shop.member(Map.of("birth_date", "1990-02-03"));
        String id = shop.run("birthday", BIRTHDAY);
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

    private static String draft(Marketing shop, String kind, String parts) {
        return shop.make("{\"name\": \"%s\", \"kind\": \"%s\", %s}".formatted(kind, kind, parts))
                .statusCode(201)
                .extract()
                .as(Fields.class)
                .get("id");
    }

    private static JsonPath preview(Marketing shop, String id, String body) {
        return shop.till()
                .api()
                .body(body)
                .post("/v1/campaigns/{id}/preview", id)
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    private static JsonPath explain(Marketing shop, String id, String member) {
        return shop.till()
                .api()
                .body(Map.of("member", member))
                .post("/v1/campaigns/{id}/explain", id)
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    private static JsonPath report(Marketing shop, String id) {
        return shop.till()
                .api()
                .get("/v1/campaigns/{id}/report", id)
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    private static Marketing newYork() {
        return new Marketing("America/New_York", "2027-01-10T12:00:00Z", PROGRAM);
    }
}
