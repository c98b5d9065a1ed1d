package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Marketing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the law of the shop's and the member's country makes of the mails to one member. */
class MailLawJourney {

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "rewards": [{"key": "five", "name": "Five off", "kind": "amount_off", "amount": 500, "valid_days": 21}]
            """;

    private static final String OFFER = "\"offer\": {\"reward\": \"five\"}, \"schedule\": {";

    @Test
    void quietHoursAndTheCapOfTwentyFourHours() {
        Marketing shop =
                new Marketing("Asia/Ho_Chi_Minh", "VN", "2027-02-28T17:30:00Z", PROGRAM);
        shop.run("welcome", OFFER + "}");
        shop.run("birthday", OFFER + "\"at\": \"07:15\"}");
        shop.run("monthly_progress", "\"schedule\": {\"at\": \"10:00\"}");
        shop.run("thank_you", OFFER + "}");
        String member = shop.member(Map.of("birth_date", "--03-01"));
        shop.till().advance("2027-03-01T03:30:00Z");
        // Half past midnight and a quarter past seven are night: both wait until eight.
        assertThat(shop.sent(member, "welcome")).containsExactly("2027-03-01T01:00:00Z");
        assertThat(shop.sent(member, "birthday")).containsExactly("2027-03-01T01:00:00Z");
        assertThat(shop.sent(member, "monthly_progress")).containsExactly("2027-03-01T03:00:00Z");
        shop.till().buys(member, 5_000);
        shop.till().advance("PT1M");
        assertThat(shop.messages(member))
                .filteredOn(message -> message.startsWith("thank_you"))
                .singleElement()
                .asString()
                .endsWith("skipped frequency_cap");
        assertThat(shop.voucherStates(member)).contains("cancelled");
    }

    @Test
    void anAgeIsJudgedByTheMembersCountryTooWhenItIsPlanned() {
        Marketing shop =
                new Marketing("America/New_York", "US", "2027-02-27T12:00:00Z", PROGRAM);
        String id = shop.run("birthday", OFFER + "}");
        Map<String, Object> fourteen = Map.of("birth_date", "2013-03-01");
        String here = shop.member(fourteen);
        Map<String, Object> abroad = new HashMap<>(fourteen);
        abroad.put("phone", "+84912345678");
        String there = shop.member(abroad);
        shop.till().advance("2027-03-02T12:00:00Z");
        assertThat(shop.messages(here)).containsExactly("birthday 2027-03-01 sent");
        assertThat(shop.messages(there)).containsExactly("birthday 2027-03-01 skipped too_young");
        Map<String, Integer> skipped =
                shop.till().api().get("/v1/campaigns/{id}/runs", id).path("data[0].skipped");
        assertThat(skipped).containsExactly(Map.entry("too_young", 1));
    }

    @Test
    void aNoByTheApiTakesBackWhatIsQueuedAndIsConfirmedOnce() {
        Marketing shop =
                new Marketing("Asia/Ho_Chi_Minh", "VN", "2027-02-28T17:30:00Z", PROGRAM);
        shop.run("welcome", OFFER + "}");
        String told = shop.member(Map.of());
        String byItsSystem = shop.member(Map.of("external_id", "till-7"));
        shop.till().advance("PT1M");
        shop.withdraws(told);
        shop.withdraws(told);
        shop.till()
                .api()
                .body(
                        Map.of(
                                "consents",
                                List.of(
                                        Map.of(
                                                "purpose", "marketing_email",
                                                "granted", false,
                                                "source", "crm"))))
                .put("/v1/members/ext:till-7")
                .then()
                .statusCode(200);
        shop.till().advance("PT10H");
        for (String member : List.of(told, byItsSystem)) {
            assertThat(shop.messages(member))
                    .hasSize(2)
                    .satisfiesExactly(
                            confirmed ->
                                    assertThat(confirmed)
                                            .startsWith("opt_out_confirmation")
                                            .endsWith("sent"),
                            taken -> assertThat(taken).endsWith("skipped no_consent"));
            assertThat(shop.voucherStates(member)).containsExactly("cancelled");
        }
    }
}
