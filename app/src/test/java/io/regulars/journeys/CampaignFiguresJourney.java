package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of a campaign by itself and of all of them is the same. */
class CampaignFiguresJourney {

    private static final String PROGRAM =
            """
            "rewards": [{"key": "five", "name": "Five off", "kind": "amount_off", "amount": 500, "valid_days": 21}]
            """;

    @Test
    void plannedIsTheSameInBothReportsAndALiftWaitsForItsDays() {
        Marketing shop = newYork();
        String id = shop.run("birthday", "\"holdout_percent\": 50, \"schedule\": {}");
        for (int i = 0; i < 20; i++) {
            shop.member(Map.of("birth_date", "1990-01-20"));
        }
        shop.till().advance("2027-01-21T12:00:00Z");
        String all = "/v1/reports/campaigns?from=2027-01-01&to=2027-03-31";
        JsonPath own = shop.till().calls().get("/v1/campaigns/" + id + "/report");
        JsonPath early = shop.till().calls().get(all);
        assertThat(own.getInt("planned")).isBetween(1, 19).isEqualTo(own.getInt("sent"));
        assertThat(early.getInt("rows[0].planned")).isEqualTo(own.getInt("planned"));
        assertThat(early.<Object>get("rows[0].lift")).isNull();
        shop.till().advance("P31D");
        assertThat(shop.till().calls().get(all).getDouble("rows[0].lift")).isZero();
    }

    @Test
    void whatWasStoppedCountsOnTheDayForWhichItWasPlanned() {
        Marketing shop = newYork();
        shop.member(Map.of("birth_date", "1990-01-20", "time_zone", "Pacific/Honolulu"));
        shop.run("birthday", "\"offer\": {\"reward\": \"five\"}, \"schedule\": {}");
        shop.shop().liveCalls().post("/v1/sending/stop", 200);
        // In Honolulu the day ends after the shop's.
        shop.till().advance("2027-01-22T12:00:00Z");
        JsonPath day =
                shop.till().calls().get("/v1/reports/campaigns?from=2027-01-20&to=2027-01-20");
        assertThat(day.getList("rows.skipped")).containsExactly(1);
        assertThat(day.getList("rows.planned")).containsExactly(0);
    }

    private static Marketing newYork() {
        return new Marketing("America/New_York", "2027-01-10T12:00:00Z", PROGRAM);
    }
}
