package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One morning by real Quartz ticks: two shops, each with the campaigns it wants. */
class QuartzCampaignsJourney {

    private static final String BEFORE_THE_HOUR = "2027-02-01T13:59:56Z";
    private static final String THE_DAY_BEFORE = "2027-01-31T15:00:00Z";

    private static final String MEMBERS =
            """
            external_id,email,joined_at,marketing_email,consent_source,consent_at
            old,old@example.com,2024-02-01T15:00:00Z,true,paper form,2026-05-01T00:00:00Z
            night,night@example.com,2025-02-02T04:30:00Z,true,paper form,2026-05-01T00:00:00Z
            other,other@example.com,2025-03-03T15:00:00Z,true,paper form,2026-05-01T00:00:00Z
            silent,silent@example.com,2025-02-01T15:00:00Z,,,
            """;

    private static final String PURCHASES =
            """
            source,order_id,member_external_id,purchased_at,amount
            till,1,old,2026-11-01T15:00:00Z,1000
            till,2,night,2027-01-20T15:00:00Z,1000
            till,3,silent,2026-11-01T15:00:00Z,1000
            """;

    @Test
    void eachShopsCampaignsLeaveAtTheirHourAndOnlyTheirs() {
        DatabaseSettings database = TestDatabase.create();
        Shop joyful;
        Shop missing;
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("CLOCK_START", THE_DAY_BEFORE))) {
            joyful = opened(service);
            Shop.campaign(joyful.liveCalls(), "{\"name\": \"a\", \"kind\": \"anniversary\"}");
            Shop.campaign(joyful.liveCalls(), "{\"name\": \"m\", \"kind\": \"monthly_progress\"}");
            missing = opened(service);
            Shop.campaign(
                    missing.liveCalls(),
                    "{\"name\": \"w\", \"kind\": \"win_back\", \"schedule\": {\"silence_days\": 60}}");
        }
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("CLOCK_START", BEFORE_THE_HOUR))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() ->
                            messages(joyful.at(service)).size() == 5
                                    && messages(missing.at(service)).size() == 1);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> {
                        assertThat(messages(joyful.at(service)))
                                .isEqualTo(
                                        Map.of(
                                                "old@example.com anniversary 2027-02-01", "sent",
                                                "night@example.com anniversary 2027-02-01", "sent",
                                                "old@example.com monthly_progress 2027-02", "sent",
                                                "night@example.com monthly_progress 2027-02",
                                                        "sent",
                                                "other@example.com monthly_progress 2027-02",
                                                        "sent"));
                        assertThat(messages(missing.at(service)))
                                .isEqualTo(
                                        Map.of(
                                                "old@example.com win_back lapse:2026-11-01",
                                                "sent"));
                    });
        }
    }

    private static Shop opened(ServiceUnderTest service) {
        Shop shop = service.signUp("America/New_York", "US", "USD");
        Shop.publish(shop.liveCalls(), Shop.program("USD", 100));
        Shop.bring(shop.liveCalls(), "members", MEMBERS);
        Shop.bring(shop.liveCalls(), "purchases", PURCHASES);
        return shop;
    }

    /** State by address, kind and occurrence. */
    private static Map<String, String> messages(Shop shop) {
        List<Map<String, String>> data = shop.live().get("/v1/messages?limit=200").path("data");
        Map<String, String> states = new TreeMap<>();
        data.forEach(message ->
                states.put(
                        message.get("to")
                                + " "
                                + message.get("kind")
                                + " "
                                + message.get("occurrence"),
                        message.get("state")));
        return states;
    }
}
