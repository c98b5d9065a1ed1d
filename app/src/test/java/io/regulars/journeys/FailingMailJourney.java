package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.engagement.pace.RelayHold;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.testing.RefusingSmtpServer;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A campaign whose mails all fail is held, and what failed can be sent again by hand. */
class FailingMailJourney {

    private static final int MEMBERS = 80;

    @Test
    void aCampaignWhoseMailsFailIsHeldAndOneOfThemCanBeTriedAgain() throws Exception {
        DatabaseSettings database = TestDatabase.create();
        Shop before;
        try (ServiceUnderTest service = ServiceUnderTest.start(database, Map.of())) {
            before = service.signUp("America/New_York", "US", "USD");
            Shop.publish(before.liveCalls(), Shop.program("USD", 100));
        }
        try (RefusingSmtpServer relay = heldRelay(database);
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                database, Map.of("SMTP_URL", "smtp://127.0.0.1:" + relay.port()))) {
            Shop shop = before.at(service);
            String id =
                    shop.live()
                            .body(Map.of("name", "w", "kind", "welcome"))
                            .post("/v1/campaigns")
                            .path("id");
            shop.liveCalls().post("/v1/campaigns/" + id + "/activate", 200);
            for (int i = 0; i < MEMBERS; i++) {
                Shop.enrol(shop.liveCalls(), Map.of("email", "m" + i + "@example.com"));
            }
            // While the operator holds the relay all of it waits.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> states(shop, "planned").size() == MEMBERS);
            hold(database, relay.port(), false);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(shop.live().get("/v1/campaigns/" + id).<String>path("state"))
                                    .as(shop.live().get("/v1/messages?limit=2").asString())
                                    .isEqualTo("paused"));
            assertThat(
                            shop.live()
                                    .get("/v1/events?type=campaign.paused")
                                    .<String>path("data[0].data.campaign"))
                    .isEqualTo(id);
            String failed = shop.live().get("/v1/messages?state=failed&limit=1").path("data[0].id");
            String again =
                    shop.liveCalls().post("/v1/messages/" + failed + "/retry", 200).get("state");
            assertThat(again).isEqualTo("retry");
            // The address has refused mail meanwhile, which is asked again. The others still fail,
            // so
            // the campaign may be held again before it is this one's turn.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        shop.live().post("/v1/campaigns/{id}/resume", id);
                        return "suppressed"
                                .equals(shop.live().get("/v1/messages/" + failed).path("reason"));
                    });
        }
    }

    private static List<String> states(Shop shop, String state) {
        return shop.live().get("/v1/messages?limit=200&state=" + state).path("data.state");
    }

    private static RefusingSmtpServer heldRelay(DatabaseSettings database) throws Exception {
        RefusingSmtpServer relay = RefusingSmtpServer.start();
        hold(database, relay.port(), true);
        return relay;
    }

    private static void hold(DatabaseSettings database, int port, boolean isHeld) {
        try (Databases operator = Databases.open(database, TestClock.CLOCK, new MetricRegistry())) {
            RelayHold hold = new RelayHold(operator.control(), "127.0.0.1:" + port);
            if (isHeld) {
                hold.hold("somebody looks at it", TestClock.CLOCK.now());
            } else {
                hold.release();
            }
        }
    }
}
