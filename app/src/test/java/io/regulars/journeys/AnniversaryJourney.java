package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Fields;
import io.regulars.testing.Marketing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Members are thanked on the day on which they joined, year after year. */
class AnniversaryJourney {

    private static final String PROGRAM =
            """
            "rewards": [{"key": "thanks", "name": "Thank you", "kind": "percent_off", "percent": 15, "valid_days": 14}]
            """;
    private static final String OFFER = "\"offer\": {\"reward\": \"thanks\"}";

    @Test
    void theDayOfJoiningIsThatOfTheMembersOwnZone() {
        Marketing shop = new Marketing("Asia/Ho_Chi_Minh", "2027-01-30T18:00:00Z", PROGRAM);
        shop.run("anniversary", OFFER);
        String here = shop.member(Map.of());
        String honolulu = shop.member(Map.of("time_zone", "Pacific/Honolulu"));
        String auckland = shop.member(Map.of("time_zone", "Pacific/Auckland"));
        shop.till().advance("2029-02-02T00:00:00Z");
        assertThat(shop.sent(here, "anniversary"))
                .containsExactly("2028-01-31T02:00:00Z", "2029-01-31T02:00:00Z");
        assertThat(shop.sent(honolulu, "anniversary"))
                .containsExactly("2028-01-30T19:00:00Z", "2029-01-30T19:00:00Z");
        assertThat(shop.sent(auckland, "anniversary"))
                .containsExactly("2028-01-30T20:00:00Z", "2029-01-30T20:00:00Z");
        assertThat(shop.voucherStates(here)).containsExactly("issued", "expired");
        assertThat(shop.text(here)).contains("2 years together!", "Thank you (−15%)");
    }

    @Test
    void who29FebruaryBroughtIsThankedOnThe28thInCommonYears() {
        Marketing shop = new Marketing("Europe/Berlin", "2028-02-29T08:30:00Z", PROGRAM);
        shop.run("anniversary", OFFER);
        String leap = shop.member(Map.of());
        shop.till().advance("2032-03-05T00:00:00Z");
        assertThat(shop.messages(leap))
                .containsExactly(
                        "anniversary 2029-02-28 sent",
                        "anniversary 2030-02-28 sent",
                        "anniversary 2031-02-28 sent",
                        "anniversary 2032-02-29 sent");
    }

    @Test
    void who28FebruaryBroughtIsThankedOnThe28thOfALeapYearToo() {
        Marketing shop = new Marketing("Europe/Berlin", "2027-02-28T12:00:00Z", PROGRAM);
        shop.run("anniversary", OFFER + ", \"schedule\": {\"days_before\": 3}");
        String member = shop.member(Map.of());
        shop.till().advance("2028-03-05T00:00:00Z");
        assertThat(shop.messages(member)).containsExactly("anniversary 2028-02-28 sent");
        assertThat(shop.sent(member, "anniversary")).containsExactly("2028-02-25T08:00:00Z");
    }

    @Test
    void anotherLookOrASecondCampaignSendsNothingTwice() {
        Marketing shop = new Marketing("America/New_York", "2027-05-10T12:00:00Z", PROGRAM);
        shop.run("anniversary", OFFER);
        shop.run("anniversary", "\"schedule\": {\"at\": \"11:00\"}");
        String member = shop.member(Map.of());
        shop.till().advance("2028-05-10T13:00:00Z");
        shop.till().advance("PT1H");
        shop.till().advance("P1D");
        assertThat(shop.messages(member)).containsExactly("anniversary 2028-05-10 sent");
        assertThat(shop.voucherStates(member)).hasSize(1);
    }

    @Test
    void whoWithdrewTheirConsentGetsNone() {
        Marketing shop = new Marketing("America/New_York", "2027-05-10T12:00:00Z", PROGRAM);
        String id = shop.run("anniversary", OFFER);
        String member = shop.member(Map.of());
        shop.withdraws(member);
        shop.till().advance("2028-05-11T12:00:00Z");
        assertThat(shop.messages(member)).isEmpty();
        List<Integer> counted =
                shop.till()
                        .api()
                        .get("/v1/campaigns/{id}/runs", id)
                        .then()
                        .extract()
                        .as(Fields.class)
                        .get("data.skipped.no_consent");
        assertThat(counted).containsExactly(1);
    }
}
