package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.testing.RefusingSmtpServer;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
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
            Shop.publish(before.live(), before.live(), Shop.program("USD", 100));
        }
        try (RefusingSmtpServer relay = RefusingSmtpServer.start();
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                database, Map.of("SMTP_URL", "smtp://127.0.0.1:" + relay.port()))) {
            Shop shop = before.at(service);
            String id =
                    shop.live()
                            .body(Map.of("name", "w", "kind", "welcome"))
                            .post("/v1/campaigns")
                            .path("id");
            shop.live().post("/v1/campaigns/{id}/activate", id).then().statusCode(200);
            for (int i = 0; i < MEMBERS; i++) {
                Shop.enrol(shop.live(), Map.of("email", "m" + i + "@example.com"));
            }
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
                    shop.live()
                            .post("/v1/messages/{id}/retry", failed)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("state");
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
}
