package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.engagement.pace.RelayHold;
import io.regulars.loyalty.Inside;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.testing.Fields;
import io.regulars.testing.RefusingSmtpServer;
import io.regulars.testing.TakesLong;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A campaign whose mails all fail is held, and what failed can be sent again by hand. */
@TakesLong
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
            String id = Shop.campaign(shop.liveCalls(), Map.of("name", "w", "kind", "welcome"));
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

    @Test
    void aRelayThatRefusesUsSuppressesNobody() throws Exception {
        DatabaseSettings database = TestDatabase.create();
        Shop before = welcomingShop(database);
        try (RefusingSmtpServer relay = RefusingSmtpServer.start("554 5.7.1 Client host rejected");
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                database, Map.of("SMTP_URL", "smtp://127.0.0.1:" + relay.port()))) {
            Shop shop = before.at(service);
            Shop.enrol(shop.liveCalls(), Map.of("email", "good@example.com"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> states(shop, "failed").size() == 1);
            Fields failed = shop.live().get("/v1/messages").as(Fields.class);
            assertThat(failed.getString("data[0].reason")).contains("5.7.1 Client host rejected");
            assertThat(failed.getString("data[0].bounce")).isNull();
            assertThat(shop.live().get("/v1/suppressions").<List<Object>>path("data")).isEmpty();
        }
    }

    @Test
    void aRelayThatNamesTheMemberIsNotQuotedAndIsForgottenWithTheMember() throws Exception {
        DatabaseSettings database = TestDatabase.create();
        Shop before = welcomingShop(database);
        try (RefusingSmtpServer relay =
                        RefusingSmtpServer.start("550 5.1.1 <ann@example.com>: user ann unknown");
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                database, Map.of("SMTP_URL", "smtp://127.0.0.1:" + relay.port()));
                Inside inside = Inside.of(before.at(service), Side.LIVE)) {
            Shop shop = before.at(service);
            String member =
                    Shop.enrol(shop.liveCalls(), Map.of("email", "ann@example.com"))
                            .getString("id");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> states(shop, "failed").size() == 1);
            Fields failed = shop.live().get("/v1/messages").as(Fields.class);
            assertThat(failed.getString("data[0].reason"))
                    .isEqualTo("550 550 5.1.1 (address): user ann unknown");
            assertThat(
                            shop.live()
                                    .get("/v1/events?type=message.bounced")
                                    .<String>path("data[0].data.reason"))
                    .isEqualTo("550 550 5.1.1 (address): user ann unknown");
            shop.live().delete("/v1/members/" + member).then().statusCode(204);
            List<String> left =
                    inside.in(tx ->
                            tx.query("select m::text from <t>.message m where state = 'failed'")
                                    .mapTo(String.class)
                                    .list());
            assertThat(left).singleElement().asString().doesNotContain("ann");
        }
    }

    @Test
    void whatADeadProcessHadInHandIsFoundThoughTheNextMailIsDueTomorrow() {
        DatabaseSettings database = TestDatabase.create();
        Shop before = welcomingShop(database);
        try (ServiceUnderTest service = ServiceUnderTest.start(database, Map.of());
                Inside inside = Inside.of(before.at(service), Side.LIVE)) {
            Shop shop = before.at(service);
            for (String name : List.of("lost", "later")) {
                Shop.enrol(shop.liveCalls(), Map.of("email", name + "@example.com"));
            }
            Awaitility.await().until(() -> states(shop, "sent").size() == 2);
            int changed =
                    inside.in(tx ->
                            tx.update(
                                            """
                                            update <t>.message
                                               set state = case recipient when 'lost@example.com' then 'sending' else 'planned' end,
                                                   lease_until = :lease, due_at = :tomorrow, not_after = :tomorrow
                                            """)
                                    .bind("lease", tx.now().plusSeconds(4))
                                    .bind("tomorrow", tx.now().plus(Duration.ofDays(1)))
                                    .execute());
            assertThat(changed).isEqualTo(2);
            // Its mail has the queue looked at, and the next look decided.
            Shop.enrol(shop.liveCalls(), Map.of("email", "another@example.com"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> states(shop, "retry").size() == 1);
            assertThat(states(shop, "planned")).hasSize(1);
        }
    }

    /** One that welcomes its members, signed up while mail was captured. */
    private static Shop welcomingShop(DatabaseSettings database) {
        try (ServiceUnderTest service = ServiceUnderTest.start(database, Map.of())) {
            Shop shop = service.signUp("America/New_York", "US", "USD");
            Shop.publish(shop.liveCalls(), Shop.program("USD", 100));
            Shop.campaign(shop.liveCalls(), Map.of("name", "w", "kind", "welcome"));
            return shop;
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
