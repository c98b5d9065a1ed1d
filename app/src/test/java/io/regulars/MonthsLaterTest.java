package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.codahale.metrics.MetricRegistry;
import com.github.tomakehurst.wiremock.http.Request;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.time.Clock;
import io.regulars.testing.StripeStandIn;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What comes about by itself days and months later: a second house stands on the service's
 * database, with a clock that is ahead, and its jobs are run.
 */
class MonthsLaterTest {

    private static final Instant PERIOD_END = Instant.parse("2099-01-01T00:00:00Z");
    private static StripeStandIn stripe;
    private static ServiceUnderTest service;
    private static Settings settings;
    private static int customers;

    @BeforeAll
    static void start() throws Exception {
        stripe = new StripeStandIn();
        Path plans = Files.createTempFile("plans", ".yml");
        plans.toFile().deleteOnExit();
        Files.writeString(
                plans,
                """
                past_due_grace_days: 14
                plans:
                  - key: free
                    name: Free
                    limits: {mails_per_month: 2}
                  - key: starter
                    name: Starter
                    price: regulars_starter_monthly
                    meter: regulars_mails
                    meter_price: regulars_mails_beyond
                    limits: {mails_per_month: 2}
                """);
        DatabaseSettings database = TestDatabase.create();
        Map<String, String> paid =
                Map.of(
                        "STRIPE_SECRET_KEY",
                        "sk_test_tests",
                        "STRIPE_WEBHOOK_SECRET",
                        StripeStandIn.SECRET,
                        "STRIPE_API_BASE",
                        stripe.base(),
                        "PLANS_FILE",
                        plans.toString());
        service = ServiceUnderTest.start(database, paid);
        Map<String, String> environment =
                new HashMap<>(ServiceUnderTest.environment(database, ServiceUnderTest.freePort()));
        environment.putAll(paid);
        environment.put("DATA_DIR", ServiceUnderTest.temporaryDirectory().toString());
        settings = Maintenance.settings(environment::get);
    }

    @AfterAll
    static void stop() {
        service.close();
        stripe.close();
    }

    @Test
    void whatNoEventToldIsFetchedAtNight() {
        Shop shop = customer();
        stripe.has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        assertThat(plan(shop)).isEqualTo("free");
        later(Duration.ofDays(1), rooms -> run(rooms.billing().jobs(), "reconcile-stripe"));
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("starter"));
        stripe.has(idOf(shop), "canceled", "regulars_starter_monthly", PERIOD_END);
        later(Duration.ofDays(2), rooms -> run(rooms.billing().jobs(), "reconcile-stripe"));
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("free"));
    }

    @Test
    void anEventThatWasWrittenDownBeforeTheProcessDiedIsFollowedWhenStripeSendsItAgain() {
        Shop shop = customer();
        stripe.has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        // The process ended between the commit and the answer, and its memory with it.
        sql(
                "insert into control.stripe_event (id, type, customer, received_at, next_try_at) values ('evt_cut', 'invoice.paid', '"
                        + idOf(shop)
                        + "', '"
                        + TestClock.now()
                        + "', '"
                        + TestClock.now()
                        + "')");
        String payload = stripe.event("evt_cut", "invoice.paid", idOf(shop), "incomplete");
        service.rawApiUnchecked()
                .contentType("application/json")
                .header(
                        "Stripe-Signature",
                        StripeStandIn.signature(payload, StripeStandIn.SECRET, Instant.now()))
                .body(payload)
                .post("/stripe/webhook")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("starter"));
        assertThat(number("select count(*) from control.stripe_event where id = 'evt_cut'"))
                .isEqualTo(1);
    }

    @Test
    void ownersAreRemindedOfABillOnceOnEachOfItsDays() {
        Shop shop = customer();
        stripe.has(idOf(shop), "past_due", "regulars_starter_monthly", PERIOD_END);
        later(Duration.ZERO, rooms -> rooms.billing().reconcile());
        assertThat(reminders(shop)).as("at once").isEqualTo(1);
        Map<Integer, Integer> byDay = new TreeMap<>(Map.of(2, 1, 3, 2, 7, 3, 13, 4, 14, 4));
        byDay.forEach((day, mails) -> {
            later(
                    Duration.ofDays(day).plusMinutes(1),
                    rooms -> {
                        run(rooms.billing().jobs(), "remind-of-payment");
                        run(rooms.billing().jobs(), "remind-of-payment");
                    });
            assertThat(reminders(shop)).as("day " + day).isEqualTo(mails);
        });
    }

    @Test
    void mailsBeyondThePlanAreReportedOnceUnderTheNameOfTheirHour() {
        Shop shop = customer();
        stripe.has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        Instant noon = Instant.parse("2030-03-15T12:00:00Z");
        Duration ahead = Duration.between(TestClock.now(), noon);
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "reader"));
        for (int i = 0; i < 5; i++) {
            sent(shop, "2030-03-15T09:3" + i + ":00Z");
        }
        stripe.meters(400);
        later(
                ahead,
                rooms -> {
                    rooms.billing().reconcile();
                    run(rooms.billing().jobs(), "report-mails");
                });
        stripe.meters(200);
        for (int twice = 0; twice < 2; twice++) {
            later(ahead, rooms -> run(rooms.billing().jobs(), "report-mails"));
        }
        List<String> reports =
                stripe.requests().stream()
                        .filter(request -> request.getUrl().startsWith("/v1/billing/meter_events"))
                        .map(Request::getBodyAsString)
                        .toList();
        String name =
                "identifier="
                        + shop.tenantId()
                        + "%3Aregulars_mails%3A"
                        + Instant.parse("2030-03-15T09:00:00Z").getEpochSecond();
        assertThat(reports)
                .as("refused, then taken; the third time there was nothing left to report")
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(body -> body.contains(name) && body.contains("[value]=3"));
        assertThat(
                        number(
                                "select count(*) from control.meter_report where reported_at is not null and value > 0"))
                .isEqualTo(1);
    }

    @Test
    void aShopWhoseOwnerLeftIsGoneWithItsDataAndItsPeopleAfterThirtyDays() {
        Shop shop = service.signUp();
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "lan"));
        String schema =
                text(
                        "select live_schema from control.tenant where id = '"
                                + shop.tenantUuid()
                                + "'");
        shop.live().delete("/v1/tenant?confirm=" + shop.tenantId()).then().statusCode(202);
        later(Duration.ofDays(29), rooms -> rooms.tenancy().endTenants());
        shop.liveCalls().get("/v1/members/ext:lan");
        later(Duration.ofDays(31), rooms -> rooms.tenancy().endTenants());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> shop.raw().get("/v1/tenant").statusCode(), equalTo(401));
        later(Duration.ofDays(31).plusHours(2), rooms -> rooms.tenancy().endTenants());
        assertThat(number("select count(*) from pg_namespace where nspname = '" + schema + "'"))
                .isZero();
        assertThat(number("select count(*) from pg_roles where rolname = '" + schema + "'"))
                .isZero();
        assertThat(
                        number(
                                "select count(*) from control.app_user where email = '"
                                        + shop.email()
                                        + "'"))
                .isZero();
        for (String table : List.of("signup", "tenant")) {
            assertThat(
                            number(
                                    "select count(*) from control."
                                            + table
                                            + " x where x::text like '%"
                                            + shop.email()
                                            + "%'"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void anExportIsKeptForAWeek() {
        Shop shop = service.signUp();
        String id = shop.liveCalls().post("/v1/exports?kind=members", 202).get("id");
        String path = "/v1/exports/" + id;
        await().atMost(Duration.ofSeconds(15))
                .until(() -> shop.live().get(path).path("status"), equalTo("completed"));
        later(Duration.ofDays(6), rooms -> tidyUp(rooms, shop));
        shop.raw().get(path + "/file").then().statusCode(200);
        later(Duration.ofDays(8), rooms -> tidyUp(rooms, shop));
        shop.raw().get(path + "/file").then().statusCode(410).body("code", equalTo("gone"));
        shop.live().get(path).then().body("status", equalTo("expired")).body("url", nullValue());
    }

    private static void tidyUp(Rooms rooms, Shop shop) {
        TenantId id = TenantId.parse(shop.tenantId()).orElseThrow();
        rooms.edge().sweep().accept(rooms.tenancy().directory().find(id, Side.LIVE).orElseThrow());
    }

    @Test
    void whoeverBelongsToNoShopAnyMoreIsForgottenAfterAMonth() throws Exception {
        Shop shop = service.signUp();
        String colleague = "away-" + shop.email();
        shop.liveCalls().post("/v1/users", Map.of("email", colleague, "role", "viewer"), 201);
        String user =
                service.calls(null)
                        .post(
                                "/v1/invitations/accept",
                                Map.of(
                                        "token",
                                        invitation(colleague),
                                        "password",
                                        ServiceUnderTest.PASSWORD),
                                201)
                        .getString("user");
        shop.live().delete("/v1/users/" + user).then().statusCode(204);
        String count = "select count(*) from control.app_user where email = '";
        later(Duration.ofDays(29), rooms -> rooms.tenancy().forgetStale());
        assertThat(number(count + colleague + "'")).isOne();
        later(Duration.ofDays(31), rooms -> rooms.tenancy().forgetStale());
        assertThat(number(count + colleague + "'")).isZero();
        assertThat(number(count + shop.email() + "'")).isOne();
    }

    @Test
    void aShopThatIsDeletedPaysNoMoreAndOneThatIsKeptGoesOnPaying() {
        Shop shop = customer();
        String customer = idOf(shop);
        stripe.has(customer, "active", "regulars_starter_monthly", PERIOD_END);
        later(Duration.ZERO, rooms -> rooms.billing().reconcile());
        String delete = "/v1/tenant?confirm=" + shop.tenantId();
        shop.live().delete(delete).then().statusCode(202);
        stripe.ends(customer, 400);
        later(Duration.ofMinutes(1), MonthsLaterTest::endSubscriptions);
        stripe.ends(customer, 200);
        later(Duration.ofMinutes(2), MonthsLaterTest::endSubscriptions);
        shop.live()
                .body(Map.of("plan", "starter"))
                .post("/v1/billing/checkout-sessions")
                .then()
                .statusCode(409);
        shop.liveCalls().post("/v1/tenant/keep", 200);
        later(Duration.ofMinutes(3), MonthsLaterTest::endSubscriptions);
        later(Duration.ofMinutes(4), MonthsLaterTest::endSubscriptions);
        assertThat(endings(customer))
                .as("refused, then taken, then taken back once")
                .containsExactly(
                        "POST cancel_at_period_end=true",
                        "POST cancel_at_period_end=true",
                        "POST cancel_at_period_end=false");
        shop.live().delete(delete).then().statusCode(202);
        stripe.ends(customer, 400);
        later(
                Duration.ofDays(31),
                rooms -> {
                    rooms.tenancy().endTenants();
                    endSubscriptions(rooms);
                });
        stripe.ends(customer, 200);
        later(Duration.ofDays(31), MonthsLaterTest::endSubscriptions);
        stripe.has(customer, "canceled", "regulars_starter_monthly", PERIOD_END);
        for (int twice = 0; twice < 2; twice++) {
            later(Duration.ofDays(31), MonthsLaterTest::endSubscriptions);
        }
        assertThat(endings(customer).subList(3, 5)).containsExactly("DELETE ", "DELETE ");
        assertThat(endings(customer)).hasSize(5);
    }

    private static void endSubscriptions(Rooms rooms) {
        run(rooms.billing().jobs(), "end-subscriptions");
    }

    /** How Stripe was asked to end what a customer has, the oldest first. */
    private static List<String> endings(String customer) {
        return stripe.requests().stream()
                .filter(request ->
                        request.getUrl().startsWith("/v1/subscriptions/sub_of_" + customer))
                .map(request -> request.getMethod() + " " + request.getBodyAsString())
                .toList()
                .reversed();
    }

    /** The token of the mail that invites somebody. */
    private static String invitation(String email) {
        String link = "/i/";
        String mail =
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> service.newestMail(email), text -> text.contains(link));
        return mail.substring(mail.indexOf(link) + link.length()).split("\\s", 2)[0];
    }

    private static void run(List<TickJob> jobs, String name) {
        jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .tick(Instant.EPOCH);
    }

    private static void later(Duration ahead, Consumer<Rooms> work) {
        Clock clock = Clock.startingAt(Optional.of(TestClock.now().plus(ahead)));
        MetricRegistry metrics = new MetricRegistry();
        try (Storage storage = Storage.open(settings, clock, metrics)) {
            PostOffice office = new PostOffice(settings, clock);
            try {
                work.accept(new House(settings, storage, office, clock, metrics).rooms());
            } finally {
                office.stop();
            }
        }
    }

    /** A shop that has been to the checkout. */
    private static Shop customer() {
        Shop shop = service.signUp();
        stripe.makesCustomer("cus_later_" + ++customers);
        shop.liveCalls().post("/v1/billing/checkout-sessions", Map.of("plan", "starter"), 201);
        return shop;
    }

    private static String idOf(Shop shop) {
        return text(
                "select customer from control.subscription where tenant_id = '"
                        + shop.tenantUuid()
                        + "'");
    }

    private static String plan(Shop shop) {
        return shop.live().get("/v1/billing/subscription").path("plan");
    }

    private static int reminders(Shop shop) {
        return number(
                "select count(*) from control.account_mail where recipient = '"
                        + shop.email()
                        + "' and subject like 'payment_failed:%'");
    }

    private static void sent(Shop shop, String at) {
        String schema =
                text(
                        "select live_schema from control.tenant where id = '"
                                + shop.tenantUuid()
                                + "'");
        sql(
                """
                insert into %1$s.message (id, kind, class, member_id, occurrence, state, urgency, due_at, not_after,
                       attempts, planned_at, sent_at, updated_at)
                select gen_random_uuid(), 'broadcast', 'advertising', id, '%2$s', 'sent', 2, '%2$s', '%2$s', 1,
                       '%2$s', '%2$s', '%2$s' from %1$s.member
                """
                        .formatted(schema, at));
    }

    private static void sql(String update) {
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(update);
        } catch (SQLException e) {
            throw new IllegalStateException(update, e);
        }
    }

    private static int number(String query) {
        return Integer.parseInt(text(query));
    }

    private static String text(String query) {
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
