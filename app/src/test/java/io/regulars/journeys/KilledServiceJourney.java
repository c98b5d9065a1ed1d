package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.regulars.ChildService;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.embedded.RunningDatabase;
import io.regulars.testing.Fields;
import io.regulars.testing.SlowSmtpServer;
import io.regulars.testing.TakesLong;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at the worst moments, then a new start. */
@TakesLong
class KilledServiceJourney {

    private static final int ORDERS = 5_000;
    private static final int MEMBERS = 500;
    private static final int BIRTHDAYS = 80;

    /** 09:00 in Huế on 2 February 2027, less a few seconds. */
    private static final String BEFORE_THE_HOUR = "2027-02-02T01:59:57Z";

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void anImportThatWasKilledInTheMiddleIsCompletedWithoutDoublesOnTheOrphanedDatabase(
            @TempDir Path dataDir) throws IOException {
        Map<String, String> environment = Map.of("DATA_DIR", dataDir.toString());
        ChildService first = ChildService.start(environment);
        Shop shop = ServiceUnderTest.at(first, RunningDatabase.in(dataDir)).signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 1_000));
        String id = shop.liveCalls().csv("/v1/imports?kind=purchases", purchases(), 202).get("id");
        // Asked of the database, which is quick enough to be in time.
        try (Inside inside = Inside.of(shop, Side.LIVE)) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> inside.in(KilledServiceJourney::imported) > 0);
            first.kill();
            assertThat(inside.in(KilledServiceJourney::imported)).isLessThan(ORDERS);
        }

        try (ChildService second = ChildService.start(environment)) {
            Shop again = shop.at(ServiceUnderTest.at(second, RunningDatabase.in(dataDir)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> importOf(again, id).getString("status").equals("completed"));
            JsonPath done = importOf(again, id);
            assertThat(done.getLong("imported")).isEqualTo(ORDERS);
            assertThat(done.getLong("unchanged")).as("read once more").isZero();
            assertThat(done.getLong("failed")).isZero();
            // Each purchase of a member was for 1,000 ₫, one point, more than the one before.
            again.live()
                    .get("/v1/members/ext:K-7")
                    .then()
                    .body(
                            field(
                                    "points.available",
                                    equalTo(IntStream.rangeClosed(1, ORDERS / MEMBERS).sum())));
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void aSendThatWasKilledInTheMiddleBringsNobodyTwoMailsAndReportsTheDoubtfulAsUnknown() {
        DatabaseSettings database = TestDatabase.create();
        Shop shop;
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("CLOCK_START", "2027-02-01T00:00:00Z"))) {
            shop = service.signUp();
            Shop.publish(shop.liveCalls(), Shop.program("VND", 1_000));
            Shop.bring(shop.liveCalls(), "members", birthdays());
            Shop.birthdayCampaign(shop.liveCalls(), Map.of("at", "09:00"));
        }
        try (SlowSmtpServer relay = new SlowSmtpServer(Duration.ofMillis(150))) {
            ChildService first = ChildService.start(environment(database, relay, BEFORE_THE_HOUR));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> relay.received().size() > BIRTHDAYS / 4);
            first.kill();
            int atTheKill = relay.received().size();
            assertThat(atTheKill).isLessThan(BIRTHDAYS);

            try (ServiceUnderTest second =
                    ServiceUnderTest.start(
                            database, environment(database, relay, "2027-02-02T02:05:00Z"))) {
                Shop again = shop.at(second);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() ->
                                states(again).getOrDefault("planned", 0L) == 0
                                        && states(again).getOrDefault("sending", 0L) == 0);
                Map<String, Long> states = states(again);
                assertThat(relay.received()).doesNotHaveDuplicates();
                assertThat(states.keySet()).isSubsetOf("sent", "unknown");
                assertThat(states.getOrDefault("sent", 0L) + states.getOrDefault("unknown", 0L))
                        .isEqualTo(BIRTHDAYS);
                // Some of the doubtful arrived, some did not; nobody can know, so nobody gets a
                // second one.
                assertThat(states.getOrDefault("unknown", 0L)).isBetween(1L, 64L);
                assertThat(relay.received().size())
                        .isBetween((int) (BIRTHDAYS - states.get("unknown")), BIRTHDAYS);
            }
        }
    }

    private static int imported(TenantTx tx) {
        return tx.query("select imported from <t>.import_job").mapTo(int.class).one();
    }

    private static Map<String, String> environment(
            DatabaseSettings database, SlowSmtpServer relay, String clock) {
        Map<String, String> environment =
                new HashMap<>(ServiceUnderTest.environment(database, ServiceUnderTest.freePort()));
        environment.keySet().removeAll(List.of("PORT", "ADMIN_PORT"));
        environment.putAll(ChildService.SHORT_LEASES);
        environment.putAll(
                Map.of(
                        "CLOCK_START", clock,
                        "SMTP_URL", "smtp://127.0.0.1:" + relay.port(),
                        "DATA_DIR", System.getProperty("java.io.tmpdir") + "/regulars-killed"));
        return environment;
    }

    private static Map<String, Long> states(Shop shop) {
        List<String> states =
                shop.live()
                        .get("/v1/messages?limit=200")
                        .then()
                        .extract()
                        .as(Fields.class)
                        .get("data.state");
        return states.stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }

    private static JsonPath importOf(Shop shop, String id) {
        return shop.liveCalls().get("/v1/imports/" + id);
    }

    private static String purchases() {
        StringBuilder csv =
                new StringBuilder("source,order_id,member_external_id,purchased_at,amount\n");
        for (int i = 0; i < ORDERS; i++) {
            csv.append("till,")
                    .append(i)
                    .append(",K-")
                    .append(i % MEMBERS)
                    .append(",2026-01-01T10:00:00Z,")
                    .append((i / MEMBERS + 1) * 1_000L)
                    .append('\n');
        }
        return csv.toString();
    }

    private static String birthdays() {
        StringBuilder csv =
                new StringBuilder(
                        "external_id,email,birth_date,marketing_email,consent_source,consent_at\n");
        for (int i = 0; i < BIRTHDAYS; i++) {
            csv.append("B-")
                    .append(i)
                    .append(",b")
                    .append(i)
                    .append("@example.com,1990-02-02,true,paper form,2026-05-01T00:00:00Z\n");
        }
        return csv.toString();
    }
}
