package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a campaign gives away: how many get an offer, who takes one, and points with the mail. */
class CampaignBudgetJourney {

    private static final Map<String, Object> BORN = Map.of("birth_date", "1990-01-20");

    @Test
    void theBudgetOfOffersIsKept() {
        Marketing shop = FiveOff.newYork();
        String id = birthdays(shop, 2);
        List<String> members = shop.members(3, BORN);
        shop.till().advance("2027-01-21T12:00:00Z");
        assertThat(members.stream().flatMap(member -> shop.messages(member).stream()))
                .containsExactlyInAnyOrder(
                        "birthday 2027-01-20 sent",
                        "birthday 2027-01-20 sent",
                        "birthday 2027-01-20 skipped budget_spent");
        assertThat(shop.report(id).getInt("vouchers")).isEqualTo(2);
    }

    @Test
    void whoseMailWouldNotLeaveTakesNoOfferFromTheOthers() {
        Marketing shop = FiveOff.newYork();
        String suppressed = shop.member(BORN);
        String otherTopics = shop.member(BORN);
        String last = shop.member(BORN);
        String email = shop.till().shown(suppressed).getString("email");
        shop.till().calls().post("/v1/suppressions", Map.of("email", email), 201);
        shop.wants(otherTopics, "news");
        String id = birthdays(shop, 1);
        JsonPath preview = shop.preview(id);
        assertThat(preview.getInt("planned")).isEqualTo(1);
        assertThat(preview.<Map<String, Integer>>get("skipped"))
                .isEqualTo(Map.of("suppressed", 1, "no_consent", 1));
        assertThat(shop.explain(id, suppressed).getString("reason")).isEqualTo("suppressed");
        assertThat(shop.explain(id, otherTopics).getString("reason")).isEqualTo("no_consent");
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
        Marketing shop = FiveOff.newYork();
        shop.member(BORN);
        shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Asia/Ho_Chi_Minh"));
        shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Europe/Berlin"));
        shop.member(Map.of("birth_date", "1990-01-25"));
        String id = birthdays(shop, 2);
        JsonPath preview = shop.preview(id);
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
        Marketing shop = FiveOff.newYork();
        String had = shop.member(Map.of("birth_date", "1990-01-20", "locale", "vi"));
        String hasNone = shop.member(BORN);
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
        assertThat(shop.preview(second).getInt("planned")).isEqualTo(1);
        shop.till().advance("2027-01-21T12:00:00Z");
        assertThat(shop.messages(hasNone)).containsExactly("birthday 2027-01-20 sent");
    }

    @Test
    void pointsAreGivenWithTheMailAndTakenBackWithOneThatIsNotSent() {
        Marketing shop = FiveOff.newYork();
        String both = "{\"name\": \"x\", \"kind\": \"birthday\", \"offer\": {%s}}";
        shop.refuses(both.formatted("\"reward\": \"five\", \"points\": 5"), "/offer", "one_of");
        shop.refuses(both.formatted("\"valid_days\": 5"), "/offer", "one_of");
        shop.refuses(both.formatted("\"points\": 0"), "/offer/points", "out_of_range");
        String got = shop.member(Map.of("birth_date", "1990-01-20", "name", "Ann"));
        String no = shop.member(BORN);
        String late = shop.member(BORN);
        // Planned at seven, sent when the night is over: time to change one's mind.
        String id =
                shop.run(
                        "birthday",
                        "\"offer\": {\"points\": 50, \"valid_days\": 30}, \"schedule\": {\"at\": \"07:00\"}");
        JsonPath preview = shop.preview(id);
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
        assertThat(shop.report(id).getInt("points")).isEqualTo(100);
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

    /** Gives five dollars off on birthdays, but only so often. */
    private static String birthdays(Marketing shop, int budget) {
        return shop.run(
                "birthday",
                "\"offer\": {\"reward\": \"five\", \"budget\": " + budget + "}, \"schedule\": {}");
    }

    /** Newest first, as {@code kind points why end}. */
    private static List<String> transactions(Marketing shop, String member) {
        return shop.till().transactions(member).reversed().stream()
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
}
