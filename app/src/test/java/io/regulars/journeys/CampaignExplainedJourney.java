package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Marketing;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why somebody got a campaign's mail, will get it or will not. */
class CampaignExplainedJourney {

    @Test
    void itIsExplainedWhySomebodyDidWillOrWillNotGetIt() {
        Marketing shop = FiveOff.newYork();
        String ann = shop.member(Map.of("birth_date", "1990-01-20"));
        String mute = shop.member(Map.of("birth_date", "1990-02-01", "consents", List.of()));
        String never = shop.member(Map.of());
        String id = shop.run("birthday", FiveOff.BIRTHDAY);
        assertThat(shop.explain(id, ann).getString("sentence"))
                .isEqualTo("The member will get it on 20 January 2027, 09:00 (America/New_York).");
        assertThat(shop.explain(id, ann).getString("verdict")).isEqualTo("will_get");
        JsonPath refused = shop.explain(id, mute);
        assertThat(refused.getString("verdict")).isEqualTo("will_not_get");
        assertThat(refused.getString("reason")).isEqualTo("no_consent");
        assertThat(shop.explain(id, never).getString("verdict")).isEqualTo("not_due");
        shop.till().advance("2027-01-21T12:00:00Z");
        JsonPath got = shop.explain(id, ann);
        assertThat(got.getString("verdict")).isEqualTo("got");
        assertThat(got.getString("sentence"))
                .contains(
                        "got it on 20 January 2027, 09:00 (America/New_York) for 2027-01-20",
                        "will get it on 20 January 2028");
        String welcome = shop.run("welcome", "\"schedule\": {}");
        assertThat(shop.explain(welcome, ann).getString("sentence"))
                .contains("after the next member.created");
    }

    @Test
    void whoIsNotLookedForIsToldWhy() {
        Marketing shop = FiveOff.newYork();
        String mute = shop.member(Map.of("consents", List.of()));
        String never = shop.member(Map.of());
        shop.till().buys(mute, 1_000);
        String winBack = shop.run("win_back", "\"schedule\": {\"silence_days\": 30}");
        String broadcast =
                shop.run("broadcast", "\"schedule\": {\"starts_at\": \"2027-01-11T15:00:00Z\"}");
        shop.till().advance("2027-01-12T12:00:00Z");
        for (String id : List.of(winBack, broadcast)) {
            JsonPath refused = shop.explain(id, mute);
            assertThat(refused.getString("verdict")).isEqualTo("will_not_get");
            assertThat(refused.getString("reason")).isEqualTo("no_consent");
            assertThat(refused.getString("sentence"))
                    .isEqualTo(
                            "As things are, the member does not get it, because the member has not"
                                    + " agreed to marketing mail, or not to this kind of it.");
        }
        assertThat(shop.explain(winBack, never).getString("verdict")).isEqualTo("not_due");
    }
}
