package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.Request;
import io.regulars.platform.db.Side;
import io.regulars.testing.StripeStandIn;
import io.regulars.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of a subscription by itself days and months later. */
class SubscriptionsMonthsLaterTest {

    private static final Instant PERIOD_END = Instant.parse("2099-01-01T00:00:00Z");
    private static LaterHouse house;
    private static int customers;

    @BeforeAll
    static void start() throws Exception {
        house = new LaterHouse();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @Test
    void whatNoEventToldIsFetchedAtNight() {
        Shop shop = customer();
        house.stripe().has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        assertThat(plan(shop)).isEqualTo("free");
        house.later(Duration.ofDays(1), rooms -> run(rooms, "reconcile-stripe"));
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("starter"));
        house.stripe().has(idOf(shop), "canceled", "regulars_starter_monthly", PERIOD_END);
        house.later(Duration.ofDays(2), rooms -> run(rooms, "reconcile-stripe"));
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("free"));
    }

    @Test
    void anEventThatWasWrittenDownBeforeTheProcessDiedIsFollowedWhenStripeSendsItAgain() {
        Shop shop = customer();
        house.stripe().has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        // The process ended between the commit and the answer, and its memory with it.
        house.change(
                "insert into control.stripe_event (id, type, customer, received_at, next_try_at) values ('evt_cut', 'invoice.paid', '"
                        + idOf(shop)
                        + "', '"
                        + TestClock.now()
                        + "', '"
                        + TestClock.now()
                        + "')");
        String payload = house.stripe().event("evt_cut", "invoice.paid", idOf(shop), "incomplete");
        house.service()
                .rawApiUnchecked()
                .contentType("application/json")
                .header(
                        "Stripe-Signature",
                        StripeStandIn.signature(payload, StripeStandIn.SECRET, Instant.now()))
                .body(payload)
                .post("/stripe/webhook")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(shop), equalTo("starter"));
        assertThat(house.number("select count(*) from control.stripe_event where id = 'evt_cut'"))
                .isEqualTo(1);
    }

    @Test
    void ownersAreRemindedOfABillOnceOnEachOfItsDays() {
        Shop shop = customer();
        house.stripe().has(idOf(shop), "past_due", "regulars_starter_monthly", PERIOD_END);
        house.later(Duration.ZERO, rooms -> rooms.billing().reconcile());
        assertThat(reminders(shop)).as("at once").isEqualTo(1);
        Map<Integer, Long> byDay = new TreeMap<>(Map.of(2, 1L, 3, 2L, 7, 3L, 13, 4L, 14, 4L));
        byDay.forEach((day, mails) -> {
            house.later(
                    Duration.ofDays(day).plusMinutes(1),
                    rooms -> {
                        run(rooms, "remind-of-payment");
                        run(rooms, "remind-of-payment");
                    });
            assertThat(reminders(shop)).as("day " + day).isEqualTo(mails);
        });
    }

    @Test
    void mailsBeyondThePlanAreReportedOnceUnderTheNameOfTheirHour() {
        Shop shop = customer();
        house.stripe().has(idOf(shop), "active", "regulars_starter_monthly", PERIOD_END);
        Instant noon = Instant.parse("2030-03-15T12:00:00Z");
        Duration ahead = Duration.between(TestClock.now(), noon);
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "reader"));
        for (int i = 0; i < 5; i++) {
            sent(shop, "2030-03-15T09:3" + i + ":00Z");
        }
        house.stripe().meters(400);
        house.later(
                ahead,
                rooms -> {
                    rooms.billing().reconcile();
                    run(rooms, "report-mails");
                });
        house.stripe().meters(200);
        for (int twice = 0; twice < 2; twice++) {
            house.later(ahead, rooms -> run(rooms, "report-mails"));
        }
        List<String> reports =
                house.stripe().requests().stream()
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
                        house.number(
                                "select count(*) from control.meter_report where reported_at is not null and value > 0"))
                .isEqualTo(1);
    }

    @Test
    void aShopThatIsDeletedPaysNoMoreAndOneThatIsKeptGoesOnPaying() {
        Shop shop = customer();
        String customer = idOf(shop);
        house.stripe().has(customer, "active", "regulars_starter_monthly", PERIOD_END);
        house.later(Duration.ZERO, rooms -> rooms.billing().reconcile());
        String delete = "/v1/tenant?confirm=" + shop.tenantId();
        shop.live().delete(delete).then().statusCode(202);
        house.stripe().ends(customer, 400);
        house.later(Duration.ofMinutes(1), SubscriptionsMonthsLaterTest::endSubscriptions);
        house.stripe().ends(customer, 200);
        house.later(Duration.ofMinutes(2), SubscriptionsMonthsLaterTest::endSubscriptions);
        shop.live()
                .body(Map.of("plan", "starter"))
                .post("/v1/billing/checkout-sessions")
                .then()
                .statusCode(409);
        shop.liveCalls().post("/v1/tenant/keep", 200);
        house.later(Duration.ofMinutes(3), SubscriptionsMonthsLaterTest::endSubscriptions);
        house.later(Duration.ofMinutes(4), SubscriptionsMonthsLaterTest::endSubscriptions);
        assertThat(endings(customer))
                .as("refused, then taken, then taken back once")
                .containsExactly(
                        "POST cancel_at_period_end=true",
                        "POST cancel_at_period_end=true",
                        "POST cancel_at_period_end=false");
        shop.live().delete(delete).then().statusCode(202);
        house.stripe().ends(customer, 400);
        house.later(
                Duration.ofDays(31),
                rooms -> {
                    rooms.tenancy().endTenants();
                    endSubscriptions(rooms);
                });
        house.stripe().ends(customer, 200);
        house.later(Duration.ofDays(31), SubscriptionsMonthsLaterTest::endSubscriptions);
        house.stripe().has(customer, "canceled", "regulars_starter_monthly", PERIOD_END);
        for (int twice = 0; twice < 2; twice++) {
            house.later(Duration.ofDays(31), SubscriptionsMonthsLaterTest::endSubscriptions);
        }
        assertThat(endings(customer).subList(3, 5)).containsExactly("DELETE ", "DELETE ");
        assertThat(endings(customer)).hasSize(5);
    }

    private static void run(Rooms rooms, String name) {
        rooms.billing().jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .tick(Instant.EPOCH);
    }

    private static void endSubscriptions(Rooms rooms) {
        run(rooms, "end-subscriptions");
    }

    /** How Stripe was asked to end what a customer has, the oldest first. */
    private static List<String> endings(String customer) {
        return house.stripe().requests().stream()
                .filter(request ->
                        request.getUrl().startsWith("/v1/subscriptions/sub_of_" + customer))
                .map(request -> request.getMethod() + " " + request.getBodyAsString())
                .toList()
                .reversed();
    }

    /** A shop that has been to the checkout. */
    private static Shop customer() {
        Shop shop = house.service().signUp();
        house.stripe().makesCustomer("cus_later_" + ++customers);
        shop.liveCalls().post("/v1/billing/checkout-sessions", Map.of("plan", "starter"), 201);
        return shop;
    }

    private static String idOf(Shop shop) {
        return house.text(
                "select customer from control.subscription where tenant_id = '"
                        + shop.tenantUuid()
                        + "'");
    }

    private static String plan(Shop shop) {
        return shop.live().get("/v1/billing/subscription").path("plan");
    }

    private static long reminders(Shop shop) {
        return house.number(
                "select count(*) from control.account_mail where recipient = '"
                        + shop.email()
                        + "' and subject like 'payment_failed:%'");
    }

    private static void sent(Shop shop, String at) {
        String schema = shop.schema(Side.LIVE);
        house.change(
                """
                insert into %1$s.message (id, kind, class, member_id, occurrence, state, urgency, due_at, not_after,
                       attempts, planned_at, sent_at, updated_at)
                select gen_random_uuid(), 'broadcast', 'advertising', id, '%2$s', 'sent', 2, '%2$s', '%2$s', 1,
                       '%2$s', '%2$s', '%2$s' from %1$s.member
                """
                        .formatted(schema, at));
    }
}
