package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.engagement.pace.RelayHold;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Databases;
import io.regulars.platform.time.Clock;
import io.regulars.testing.RefusingSmtpServer;
import io.regulars.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A campaign whose mails all fail is held, and what failed can be sent again by hand. */
class FailingMailJourney {

    private static final int MEMBERS = 80;

    private static final DatabaseSettings DATABASE = TestDatabase.create();
    private static Shop before;

    @BeforeAll
    static void open() {
        try (ServiceUnderTest service = ServiceUnderTest.start(DATABASE, Map.of())) {
            before = service.signUp("America/New_York", "US", "USD");
            Shop.publish(before.live(), before.live(), Shop.program("USD", 100));
        }
    }

    @Test
    void whatTheRelayTookIsBookedThoughTheDatabaseIsAwayAtThatMoment() {
        List<String> taken = new CopyOnWriteArrayList<>();
        BasicMessageListener relay =
                (context, from, to, data) -> {
                    if (taken.isEmpty()) {
                        awayForAMoment();
                    }
                    taken.add(to);
                };
        SMTPServer server = SMTPServer.port(0).messageHandler(relay).build();
        server.start();
        try (ServiceUnderTest service =
                ServiceUnderTest.start(
                        DATABASE,
                        Map.of("SMTP_URL", "smtp://127.0.0.1:" + server.getPortAllocated()))) {
            Shop shop = before.at(service);
            String member =
                    Shop.enrol(shop.live(), Map.of("email", "booked@example.com")).getString("id");
            shop.live()
                    .body(
                            Map.of(
                                    "member", member,
                                    "template", "notice",
                                    "data", Map.of("subject", "Hi", "paragraphs", List.of("Yes"))))
                    .post("/v1/transactional-emails")
                    .then()
                    .statusCode(202);
            // In doubt, it would be sent again after a minute.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() ->
                            "sent".equals(
                                    service.rawApiUnchecked()
                                            .header("Authorization", "Bearer " + shop.liveKey())
                                            .get("/v1/members/" + member + "/messages")
                                            .path("data[0].state")));
            assertThat(taken).containsExactly("booked@example.com");
        } finally {
            server.stop();
        }
    }

    /** All connections break at once, and for a while no new ones are let in. */
    private static void awayForAMoment() {
        try {
            Connection connection = TestDatabase.superuserConnection(DATABASE);
            String name = connection.getCatalog();
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter database " + name + " connection limit 0");
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            Thread.ofVirtual()
                    .start(() -> {
                        LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                        try (connection;
                                Statement statement = connection.createStatement()) {
                            statement.execute("alter database " + name + " connection limit -1");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCampaignWhoseMailsFailIsHeldAndOneOfThemCanBeTriedAgain() throws Exception {
        try (RefusingSmtpServer relay = heldRelay(DATABASE);
                ServiceUnderTest service =
                        ServiceUnderTest.start(
                                DATABASE, Map.of("SMTP_URL", "smtp://127.0.0.1:" + relay.port()))) {
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
            // While the operator holds the relay all of it waits.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> states(shop, "planned").size() == MEMBERS);
            hold(DATABASE, relay.port(), false);
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

    private static List<String> states(Shop shop, String state) {
        return shop.live().get("/v1/messages?limit=200&state=" + state).path("data.state");
    }

    private static RefusingSmtpServer heldRelay(DatabaseSettings database) throws Exception {
        RefusingSmtpServer relay = RefusingSmtpServer.start();
        hold(database, relay.port(), true);
        return relay;
    }

    private static void hold(DatabaseSettings database, int port, boolean isHeld) {
        try (Databases operator = Databases.open(database, Clock.system(), new MetricRegistry())) {
            RelayHold hold = new RelayHold(operator.control(), "127.0.0.1:" + port);
            if (isHeld) {
                hold.hold("somebody looks at it", Clock.system().now());
            } else {
                hold.release();
            }
        }
    }
}
