package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
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

/** What happens when the database is away for a moment. */
class AbsentDatabaseJourney {

    private static final DatabaseSettings DATABASE = TestDatabase.create();
    private static Shop before;

    @BeforeAll
    static void open() {
        try (ServiceUnderTest service = ServiceUnderTest.start(DATABASE, Map.of())) {
            before = service.signUp("America/New_York", "US", "USD");
            Shop.publish(before.liveCalls(), Shop.program("USD", 100));
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
                    Shop.enrol(shop.liveCalls(), Map.of("email", "booked@example.com"))
                            .getString("id");
            shop.liveCalls()
                    .post(
                            "/v1/transactional-emails",
                            Map.of(
                                    "member",
                                    member,
                                    "template",
                                    "notice",
                                    "data",
                                    Map.of("subject", "Hi", "paragraphs", List.of("Yes"))),
                            202);
            // In doubt, it would be sent again after a minute.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() ->
                            "sent"
                                    .equals(
                                            service.rawApiUnchecked()
                                                    .header(
                                                            "Authorization",
                                                            "Bearer " + shop.liveKey())
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
}
