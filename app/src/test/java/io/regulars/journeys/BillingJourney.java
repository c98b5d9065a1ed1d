package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.http.Request;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.StripeSpec;
import io.regulars.testing.StripeStandIn;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop that pays, against a stand-in for Stripe with Stripe's own shapes and signatures. */
class BillingJourney {

    private static final Instant PERIOD_END = Instant.parse("2030-01-01T00:00:00Z");
    private static StripeStandIn stripe;
    private static ServiceUnderTest service;
    private static int customers;

    @BeforeAll
    static void start() {
        stripe = new StripeStandIn();
        service = ServiceUnderTest.start(TestDatabase.create(), stripe.environment());
    }

    @AfterAll
    static void stop() {
        service.close();
        stripe.close();
    }

    private record Customer(Shop shop, String id) {}

    private static Customer customer() {
        Shop shop = service.signUp();
        String id = "cus_" + ++customers;
        stripe.makesCustomer(id);
        shop.live()
                .body(Map.of("plan", "starter"))
                .post("/v1/billing/checkout-sessions")
                .then()
                .statusCode(201)
                .body(field("url", startsWith("https://checkout.stripe.example/")));
        return new Customer(shop, id);
    }

    @Test
    void anOrderSaysWhatItIsFor() {
        Shop shop = service.signUp();
        for (String body : List.of("{}", "{\"plan\":\"gold\"}")) {
            shop.raw()
                    .contentType("application/json")
                    .body(body)
                    .post("/v1/billing/checkout-sessions")
                    .then()
                    .statusCode(422)
                    .body(field("errors.pointer", equalTo(List.of("/plan"))))
                    .body(
                            field(
                                    "errors.code",
                                    equalTo(
                                            List.of(
                                                    body.equals("{}")
                                                            ? "required"
                                                            : "unknown_plan"))));
        }
    }

    @Test
    void aPaidPlanHoldsWhenStripeHasSaidSoAndNotBefore() {
        Customer customer = customer();
        assertThat(plan(customer)).isEqualTo("free");
        stripe.has(customer.id(), "active", "regulars_starter_monthly", PERIOD_END);
        tell("evt_1", "customer.subscription.created", customer, "incomplete")
                .then()
                .statusCode(200);
        hasPlan(customer, "starter");
        customer.shop()
                .live()
                .get("/v1/billing/subscription")
                .then()
                .body(field("status", equalTo("active")))
                .body(field("period_end", equalTo("2030-01-01T00:00:00Z")));
        customer.shop()
                .live()
                .body(Map.of("plan", "growth"))
                .post("/v1/billing/checkout-sessions")
                .then()
                .statusCode(409);
        customer.shop()
                .live()
                .post("/v1/billing/portal-sessions")
                .then()
                .statusCode(201)
                .body(field("url", startsWith("https://billing.stripe.example/")));
    }

    @Test
    void eventsTwiceAndInReverseOrderEndInWhatStripeHas() {
        Customer customer = customer();
        stripe.has(customer.id(), "canceled", "regulars_starter_monthly", PERIOD_END);
        // The last first, the first last, all of them twice, each with what was true long ago.
        List<String> types = List.of("deleted", "updated", "trial_will_end", "created");
        Stream.concat(types.stream(), types.stream())
                .forEach(type ->
                        tell("evt_r_" + type, "customer.subscription." + type, customer, "active")
                                .then()
                                .statusCode(200));
        await().atMost(Duration.ofSeconds(15)).until(() -> status(customer), equalTo("canceled"));
        assertThat(plan(customer)).isEqualTo("free");
        assertThat(count("select count(*) from control.stripe_event where id like 'evt_r_%'"))
                .isEqualTo(4);
    }

    @Test
    void whatIsNotSignedOrTooOldOrOfSomebodyElseChangesNothing() {
        Customer customer = customer();
        stripe.has(customer.id(), "active", "regulars_growth_monthly", PERIOD_END);
        String payload =
                stripe.event("evt_bad", "customer.subscription.updated", customer.id(), "active");
        Instant now = Instant.now();
        assertThat(post(payload, StripeStandIn.signature(payload, "whsec_wrong", now)).statusCode())
                .isEqualTo(400);
        assertThat(
                        post(
                                        payload,
                                        StripeStandIn.signature(
                                                payload,
                                                StripeStandIn.SECRET,
                                                now.minusSeconds(600)))
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        post(
                                        payload + " ",
                                        StripeStandIn.signature(payload, StripeStandIn.SECRET, now))
                                .statusCode())
                .isEqualTo(400);
        assertThat(count("select count(*) from control.stripe_event where id = 'evt_bad'"))
                .isZero();
        String stranger =
                stripe.event(
                        "evt_stranger", "customer.subscription.updated", "cus_nobody", "active");
        assertThat(
                        post(stranger, StripeStandIn.signature(stranger, StripeStandIn.SECRET, now))
                                .statusCode())
                .isEqualTo(200);
        await().until(() ->
                count(
                                "select count(*) from control.stripe_event where id = 'evt_stranger' and done_at is not null")
                        == 1);
        assertThat(plan(customer)).isEqualTo("free");
    }

    @Test
    void whatStripeCouldNotAnswerIsAskedAgain() {
        Customer customer = customer();
        stripe.isDown(customer.id());
        tell("evt_down", "invoice.paid", customer, "active").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        count(
                                        "select count(*) from control.stripe_event where id = 'evt_down' and attempts > 0")
                                == 1);
        stripe.has(customer.id(), "active", "regulars_growth_monthly", PERIOD_END);
        tell("evt_up", "invoice.paid", customer, "active").then().statusCode(200);
        hasPlan(customer, "growth");
    }

    @Test
    void aBillThatCouldNotBePaidTakesNothingAwayForTwoWeeks() {
        Customer customer = customer();
        stripe.has(customer.id(), "past_due", "regulars_starter_monthly", PERIOD_END);
        tell("evt_due", "invoice.payment_failed", customer, "past_due").then().statusCode(200);
        await().atMost(Duration.ofSeconds(15)).until(() -> status(customer), equalTo("past_due"));
        hasPlan(customer, "starter");
        await().until(() ->
                count(
                                "select count(*) from control.account_mail where subject like 'payment_failed:%'")
                        == 1);
        TestDatabase.change(
                service.database(),
                "update control.subscription set past_due_since = '"
                        + TestClock.now().minus(Duration.ofDays(15))
                        + "' where customer = '"
                        + customer.id()
                        + "'");
        hasPlan(customer, "free");
    }

    @Test
    void allThatWasAskedOfStripeIsInItsDocumentAndCarriesAKey() {
        customer();
        StripeSpec spec = StripeSpec.read();
        assertThat(stripe.requests())
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(
                                    spec.faults(
                                            request.getMethod().value(),
                                            path(request),
                                            form(request)))
                            .isEmpty();
                    if (request.getMethod().value().equals("POST")) {
                        assertThat(request.getHeader("Idempotency-Key")).isNotBlank();
                    }
                });
        assertThat(stripe.requests().stream().map(BillingJourney::form))
                .anySatisfy(form ->
                        assertThat(form)
                                .contains(
                                        "automatic_tax",
                                        "tax_id_collection",
                                        "customer_update",
                                        "client_reference_id=ten_",
                                        "trial_period_days"));
    }

    private static String path(Request request) {
        return request.getUrl().split("\\?", 2)[0];
    }

    private static String form(Request request) {
        return request.getMethod().value().equals("POST")
                ? request.getBodyAsString()
                : request.getUrl().contains("?") ? request.getUrl().split("\\?", 2)[1] : "";
    }

    private static Response tell(String id, String type, Customer customer, String payloadStatus) {
        String payload = stripe.event(id, type, customer.id(), payloadStatus);
        return post(payload, StripeStandIn.signature(payload, StripeStandIn.SECRET, Instant.now()));
    }

    private static Response post(String payload, String signature) {
        return RestAssured.given()
                .baseUri(service.base().toString())
                .contentType(ContentType.JSON)
                .header("Stripe-Signature", signature)
                .body(payload)
                .post("/stripe/webhook");
    }

    private static String plan(Customer customer) {
        return customer.shop().live().get("/v1/billing/subscription").path("plan");
    }

    private static String status(Customer customer) {
        String status = customer.shop().live().get("/v1/billing/subscription").path("status");
        return status == null ? "none" : status;
    }

    private static void hasPlan(Customer customer, String plan) {
        await().atMost(Duration.ofSeconds(15)).until(() -> plan(customer), equalTo(plan));
    }

    private static long count(String sql) {
        return TestDatabase.number(service.database(), sql);
    }
}
