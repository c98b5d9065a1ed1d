package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A mail to everybody, and the question how likely they are to recommend the shop. */
class BroadcastJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "back", "name": "Come again", "kind": "percent_off", "percent": 20, "valid_days": 21}]
            """;

    @Test
    void atOneMomentItGoesToAllWhoWantItAndWaitsForTheMorningWhereItIsNight() {
        Marketing shop = newYork();
        String id =
                shop.run(
                        "broadcast",
                        "\"offer\": {\"reward\": \"back\"}, \"schedule\": {\"starts_at\": \"2027-01-11T15:00:00Z\"}");
        String here = shop.member(Map.of());
        String hanoi = shop.member(Map.of("time_zone", "Asia/Ho_Chi_Minh"));
        String mute = shop.member(Map.of("consents", List.of()));
        shop.till().advance("2027-01-11T15:30:00Z");
        assertThat(state(shop, id)).isEqualTo("active");
        shop.till().advance("2027-01-13T12:00:00Z");
        assertThat(state(shop, id)).isEqualTo("completed");
        shop.till().calls().post("/v1/campaigns/" + id + "/pause", 409);
        String late = shop.member(Map.of());
        shop.till().advance("P3D");
        assertThat(shop.messages(here)).containsExactly("broadcast " + id + " sent");
        assertThat(shop.sent(here, "broadcast")).containsExactly("2027-01-11T15:00:00Z");
        // It was ten at night there.
        assertThat(shop.sent(hanoi, "broadcast")).containsExactly("2027-01-12T01:00:00Z");
        assertThat(shop.messages(mute)).isEmpty();
        assertThat(shop.messages(late)).isEmpty();
        assertThat(shop.voucherStates(here)).containsExactly("issued");
        assertThat(shop.text(here)).contains("Come again", "Unsubscribe");
    }

    @Test
    void byEachMembersClockItLeavesAtTheSameHourEverywhere() {
        Marketing shop = newYork();
        shop.run("broadcast", "\"schedule\": {\"starts_local\": \"2027-01-12T10:00\"}");
        String here = shop.member(Map.of());
        String hanoi = shop.member(Map.of("time_zone", "Asia/Ho_Chi_Minh"));
        shop.till().advance("2027-01-14T12:00:00Z");
        assertThat(shop.sent(here, "broadcast")).containsExactly("2027-01-12T15:00:00Z");
        assertThat(shop.sent(hanoi, "broadcast")).containsExactly("2027-01-12T03:00:00Z");
    }

    @Test
    void thePreviewTellsWhenItLeavesForThoseWhomItIsMeantFor() {
        Marketing shop = newYork();
        shop.member(Map.of("time_zone", "Pacific/Honolulu"));
        shop.member(Map.of("time_zone", "Pacific/Auckland"));
        String segment =
                shop.till()
                        .calls()
                        .post(
                                "/v1/segments",
                                "{\"name\": \"x\", \"filter\": {\"field\": \"time_zone\", \"op\": \"eq\", \"value\": \"Pacific/Honolulu\"}}",
                                201)
                        .get("id");
        String id =
                shop.run(
                        "broadcast",
                        "\"audience\": {\"segment\": \"%s\"}, \"schedule\": {\"starts_local\": \"2027-01-12T20:00\"}"
                                .formatted(segment));
        JsonPath preview =
                shop.till().calls().post("/v1/campaigns/" + id + "/preview", Map.of(), 200);
        assertThat(preview.getString("next_at")).isEqualTo("2027-01-13T06:00:00Z");
        assertThat(preview.getInt("planned")).isEqualTo(1);
    }

    @Test
    void itGivesWayToABirthdayOfThatDay() {
        Marketing shop = newYork();
        String id = shop.run("broadcast", "\"schedule\": {\"starts_local\": \"2027-01-12T08:30\"}");
        shop.run("birthday", "\"schedule\": {}");
        String member = shop.member(Map.of("birth_date", "1990-01-12"));
        shop.till().advance("2027-01-14T12:00:00Z");
        assertThat(shop.messages(member))
                .containsExactly(
                        "birthday 2027-01-12 sent", "broadcast " + id + " skipped frequency_cap");
    }

    @Test
    void itGivesWayToAWinBackAndAQuestionThatComeLaterThatDayAndToNobodyElses() {
        Marketing shop = newYork();
        shop.run(
                "win_back",
                "\"holdout_percent\": 50, \"schedule\": {\"at\": \"10:00\", \"silence_days\": 2}");
        shop.run("nps", "\"schedule\": {\"at\": \"11:00\", \"days_after\": 1}");
        String news =
                shop.run("broadcast", "\"schedule\": {\"starts_local\": \"2027-01-12T08:30\"}");
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            silent.add(shop.member(Map.of()));
            shop.till().buys(silent.getLast(), 1_000);
        }
        String never = shop.member(Map.of());
        shop.till().advance("2027-01-11T12:00:00Z");
        String asked = shop.member(Map.of());
        shop.till().buys(asked, 1_000);
        // On the day after, the hold-out of those who gave way stands in a message too.
        shop.till().advance("2027-01-13T20:00:00Z");
        assertThat(shop.messages(never)).containsExactly("broadcast " + news + " sent");
        assertThat(shop.messages(asked))
                .contains(
                        "broadcast " + news + " skipped frequency_cap",
                        "nps purchase:2027-01-11 sent");
        int wonBack = 0;
        for (String member : silent) {
            List<String> messages = shop.messages(member);
            boolean held = messages.contains("win_back lapse:2027-01-10 skipped holdout");
            wonBack += held ? 0 : 1;
            assertThat(messages)
                    .contains("broadcast " + news + (held ? " sent" : " skipped frequency_cap"));
        }
        assertThat(wonBack).isBetween(1, 11);
    }

    @Test
    void oneThatWouldNeverGoOutCannotBeActivated() {
        Marketing shop = newYork();
        shop.refuses("{\"name\": \"x\", \"kind\": \"broadcast\"}", "/schedule", "one_of");
        shop.refuses(
                "{\"name\": \"x\", \"kind\": \"broadcast\", \"schedule\": {\"starts_local\": \"2027-03-14 10:00\"}}",
                "/schedule/starts_local",
                "invalid_time");
        shop.refuses(
                """
                {"name": "x", "kind": "broadcast", "schedule": {"starts_local": "2027-02-01T21:30"}}
                """,
                "/schedule/starts_local",
                "out_of_range");
        shop.refuses(
                """
                {"name": "x", "kind": "broadcast", "schedule": {"at": "10:00", "starts_local": "2027-02-01T10:00"}}
                """,
                "/schedule/at",
                "not_for_this_kind");
        String id =
                shop.make(
                                """
                                {"name": "x", "kind": "broadcast", "schedule": {"starts_at": "2027-01-10T13:59:00Z"}}
                                """)
                        .statusCode(201)
                        .extract()
                        .as(Fields.class)
                        .get("id");
        List<String> codes =
                shop.till()
                        .api()
                        .post("/v1/campaigns/{id}/activate", id)
                        .then()
                        .statusCode(422)
                        .extract()
                        .as(Fields.class)
                        .get("errors.code");
        assertThat(codes).containsExactly("in_the_past");
    }

    @Test
    void buyersAreAskedThreeDaysLaterAndNotAgainForThreeMonths() {
        Marketing shop = newYork();
        shop.run("nps", "\"schedule\": {\"at\": \"10:00\"}");
        String member = shop.member(Map.of());
        String never = shop.member(Map.of());
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-02-01T12:00:00Z");
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-06-01T12:00:00Z");
        shop.till().buys(member, 1_000);
        shop.till().advance("2027-06-10T12:00:00Z");
        assertThat(shop.messages(member))
                .containsExactly("nps purchase:2027-01-10 sent", "nps purchase:2027-06-01 sent");
        assertThat(shop.sent(member, "nps"))
                .containsExactly("2027-01-13T15:00:00Z", "2027-06-04T14:00:00Z");
        assertThat(shop.messages(never)).isEmpty();
        answers(shop, member);
    }

    private static void answers(Marketing shop, String member) {
        Matcher link =
                Pattern.compile("http://[^/]+(/n/\\S+)\\?score=10").matcher(shop.text(member));
        assertThat(link.find()).isTrue();
        String page = link.group(1);
        // A link scanner opens everything, and says nothing by it.
        shop.shop().service().rawApi().get(page + "?score=3").then().statusCode(200);
        assertThat(answered(shop, member)).isEmpty();
        answer(shop, page, "9");
        answer(shop, page, "10");
        assertThat(answered(shop, member)).containsExactly("activity.recorded");
        String shown =
                shop.shop()
                        .service()
                        .rawApi()
                        .get(page)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();
        assertThat(shown).contains("value=\"10\" required checked");
        assertThat(shown)
                .as("the mail asked about the program")
                .contains("<strong><bdi>Regulars</bdi></strong>");
        shop.shop()
                .service()
                .rawApi()
                .get(page.substring(0, page.length() - 2))
                .then()
                .statusCode(404);
    }

    private static void answer(Marketing shop, String page, String score) {
        shop.shop()
                .service()
                .rawApi()
                .contentType("application/x-www-form-urlencoded")
                .formParam("score", score)
                .formParam("comment", "Good <b>coffee</b>")
                .post(page)
                .then()
                .statusCode(200);
    }

    private static List<String> answered(Marketing shop, String member) {
        return shop.till()
                .api()
                .get("/v1/events?type=activity.recorded")
                .path("data.findAll { it.data.member == '%s' }.type".formatted(member));
    }

    private static String state(Marketing shop, String id) {
        return shop.till().api().get("/v1/campaigns/{id}", id).path("state");
    }

    private static Marketing newYork() {
        return new Marketing("America/New_York", "2027-01-10T14:00:00Z", PROGRAM);
    }
}
