package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.regulars.ChildService;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.testing.Calls;
import io.regulars.testing.Fields;
import io.regulars.testing.Receiver;
import io.regulars.testing.TakesLong;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shop's own systems are told, over real HTTP. */
@TakesLong
class WebhooksJourney {

    private static final Map<String, String> PRIVATE = Map.of("ALLOW_PRIVATE_TARGETS", "true");

    private static ServiceUnderTest service;

    private Receiver receiver;
    private Shop shop;

    @BeforeAll
    static void aServiceThatMayCallThisMachine() {
        service = ServiceUnderTest.start(TestDatabase.create(), PRIVATE);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void aShopAndItsReceiver() {
        receiver = new Receiver();
        shop = service.signUp();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void whatHappensIsToldAtOnceSignedAndWithTypedIds() throws Exception {
        String secret = listen(shop.live(), List.of("*")).getString("secret");
        assertThat(secret).startsWith("whsec_");
        String member = enrol(shop.liveCalls(), "a");
        awaitCalls(1);

        Receiver.Got got = receiver.got().getFirst();
        JsonPath body = new JsonPath(got.body());
        assertThat(body.getString("type")).isEqualTo("member.created");
        assertThat(body.getString("data.member")).isEqualTo(member);
        assertThat(body.getMap("")).containsOnlyKeys("type", "timestamp", "data");
        verify(secret, got);
        assertThatThrownBy(() -> verify(secret, new Receiver.Got(got.headers(), got.body() + " ")))
                .isInstanceOf(WebhookVerificationException.class);
        shop.live()
                .get("/v1/events?type=member.created")
                .then()
                .body(field("data", hasSize(1)))
                .body(field("data[0].id", equalTo(got.id())))
                .body(field("data[0].data.member", equalTo(member)));
    }

    @Test
    void afterARotationBothSecretsFit() throws Exception {
        JsonPath endpoint = listen(shop.live(), List.of("*"));
        String fresh = shop.liveCalls().post(path(endpoint) + "/rotate-secret", 200).get("secret");
        assertThat(fresh).isNotEqualTo(endpoint.getString("secret"));
        enrol(shop.liveCalls(), "a");
        awaitCalls(1);
        verify(endpoint.getString("secret"), receiver.got().getFirst());
        verify(fresh, receiver.got().getFirst());
        shop.live().get(path(endpoint)).then().body(field("secret", nullValue()));
    }

    @Test
    void theLogSaysWhatWasAnsweredAndAResendCarriesTheSameId() {
        receiver.which(Receiver.says(500, "x".repeat(600)));
        JsonPath endpoint = listen(shop.live(), List.of("member.created"));
        enrol(shop.liveCalls(), "a");
        JsonPath failed = awaitDelivery(shop, "retry");
        assertThat(failed.getInt("data[0].status_code")).isEqualTo(500);
        assertThat(failed.getString("data[0].response")).hasSize(500);
        assertThat(failed.getInt("data[0].attempts")).isEqualTo(1);
        receiver.which(Receiver.says(204, ""));
        // The second try comes after five seconds.
        JsonPath delivered = awaitDelivery(shop, "delivered");
        assertThat(delivered.getInt("data[0].attempts")).isEqualTo(2);

        shop.live()
                .post("/v1/webhook-deliveries/" + delivered.getString("data[0].id") + "/resend")
                .then()
                .statusCode(202)
                .body(field("event", equalTo(delivered.getString("data[0].event"))));
        awaitCalls(3);
        assertThat(receiver.got())
                .extracting(Receiver.Got::id)
                .containsOnly(delivered.getString("data[0].event"));
        shop.live()
                .get("/v1/webhook-deliveries?endpoint=" + endpoint.getString("id"))
                .then()
                .body(field("data", hasSize(2)));
    }

    @Test
    void aTestGoesToOneEndpointWhateverItListensFor() {
        JsonPath endpoint = listen(shop.live(), List.of("import.completed"));
        try (Receiver other = new Receiver()) {
            listen(shop.live(), List.of("*"), other);
            shop.liveCalls().post(path(endpoint) + "/test", 202);
            awaitCalls(1);
            assertThat(receiver.got().getFirst().body()).contains("webhook.test");
            assertThat(other.got()).isEmpty();
        }
    }

    @Test
    void anEndpointGetsOnlyTheTypesItNames() {
        listen(shop.live(), List.of("program.published"));
        enrol(shop.liveCalls(), "a");
        Shop.publish(shop.liveCalls(), Shop.program("VND", 1_000));
        awaitCalls(1);
        assertThat(receiver.got().getFirst().body()).contains("program.published");
    }

    @Test
    void anEndpointThatIsSwitchedOffGetsNothingAndTakesNoTest() {
        JsonPath endpoint = listen(shop.live(), List.of("*"));
        shop.live()
                .body(Map.of("enabled", false))
                .patch(path(endpoint))
                .then()
                .statusCode(200)
                .body(field("enabled", equalTo(false)));
        // Another endpoint shows when the event has gone by.
        try (Receiver witness = new Receiver()) {
            JsonPath other = listen(shop.live(), List.of("*"), witness);
            enrol(shop.liveCalls(), "a");
            Awaitility.await().until(() -> !witness.got().isEmpty());
            shop.live().delete(path(other)).then().statusCode(204);
        }
        shop.liveCalls().post(path(endpoint) + "/test", 409);
        shop.liveCalls().patch(path(endpoint), Map.of("enabled", true));
        String second = enrol(shop.liveCalls(), "b");
        awaitCalls(1);
        assertThat(receiver.got().getFirst().body()).contains(second);
        shop.live().delete(path(endpoint)).then().statusCode(204);
        shop.live().get(path(endpoint)).then().statusCode(404);
    }

    @Test
    void whatIsWrongWithAnEndpointIsSaidAndThereAreTwentyAtMost() {
        shop.live()
                .body(Map.of("url", "ftp://x.example/", "events", List.of("no.such")))
                .post("/v1/webhook-endpoints")
                .then()
                .statusCode(422)
                .body(field("errors.code", hasItems("invalid_url", "unknown_event_type")));
        for (int i = 0; i < 20; i++) {
            listen(shop.live(), List.of("*"));
        }
        create(shop.live(), List.of("*"), receiver.url().toString()).then().statusCode(409);
        shop.live()
                .get("/v1/webhook-endpoints?limit=15")
                .then()
                .body(field("data", hasSize(15)))
                .body(field("next_cursor", not(nullValue())));
    }

    @Test
    void anotherShopsEndpointsAndDeliveriesAreNotFound() {
        JsonPath endpoint = listen(shop.live(), List.of("*"));
        enrol(shop.liveCalls(), "a");
        String delivery = awaitDelivery(shop, "delivered").getString("data[0].id");
        Shop stranger = service.signUp();
        stranger.live().get(path(endpoint)).then().statusCode(404);
        stranger.live().body(Map.of("enabled", false)).patch(path(endpoint)).then().statusCode(404);
        stranger.live().delete(path(endpoint)).then().statusCode(404);
        stranger.liveCalls().post(path(endpoint) + "/rotate-secret", 404);
        stranger.liveCalls().post(path(endpoint) + "/test", 404);
        stranger.liveCalls().post("/v1/webhook-deliveries/" + delivery + "/resend", 404);
        stranger.live()
                .get("/v1/webhook-deliveries?endpoint=" + endpoint.getString("id"))
                .then()
                .body(field("data", hasSize(0)));
        shop.live()
                .get(path(endpoint))
                .then()
                .statusCode(200)
                .body(field("enabled", equalTo(true)));
    }

    @Test
    void onATestSideEachIsTriedOnceBeforeAnAdvanceAnswers() {
        receiver.which(Receiver.says(500, "no"));
        shop.testCalls().post("/v1/test-clock", Map.of("start", "2027-02-01T00:00:00Z"), 200);
        listen(shop.test(), List.of("*"));
        Shop.publish(shop.testCalls(), Shop.program("VND", 10_000));
        Shop.birthdayCampaign(shop.testCalls(), Map.of("at", "09:00"));
        Shop.enrol(
                shop.testCalls(),
                Map.of(
                        "external_id", "b",
                        "email", "b@example.com",
                        "birth_date", "1990-02-10",
                        "consents", Shop.consent()));
        shop.test()
                .body(Map.of("to", "2027-02-15T00:00:00Z"))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(200)
                .body(field("ran.messages_sent", equalTo(1)));
        // Published, enrolled, and the birthday's voucher.
        assertThat(receiver.got()).hasSize(3);
        assertThat(receiver.got().getLast().body())
                .contains("voucher.issued")
                .contains("2027-02-10T");
        shop.test()
                .get("/v1/webhook-deliveries")
                .then()
                .body(field("data", hasSize(3)))
                .body(field("data.state", not(hasItem(not(equalTo("failed"))))));
    }

    @Test
    void aServiceThatFacesTheInternetRefusesPlainHttpAndPrivateTargets() {
        Shop outside = ServiceUnderTest.shared().signUp();
        for (String url :
                List.of(
                        "http://hooks.example/",
                        "https://user:password@hooks.example/",
                        "https://127.0.0.1/",
                        "https://2130706433/",
                        "https://[::1]/",
                        "https://169.254.169.254/latest/",
                        "https://hooks.example:0/",
                        "https://hooks.example:99999/",
                        "https://localhost:8081/")) {
            create(outside.live(), List.of("*"), url)
                    .then()
                    .statusCode(422)
                    .body(field("errors[0].pointer", equalTo("/url")));
        }
        create(outside.live(), List.of("*"), "https://hooks.example/x")
                .then()
                .statusCode(201)
                .body(field("id", startsWith("whe_")));
    }

    @Test
    void ownersAreWrittenToWhenAReceiverSaysThatItIsGone() {
        receiver.which(Receiver.says(410, ""));
        JsonPath endpoint = listen(shop.live(), List.of("*"));
        enrol(shop.liveCalls(), "a");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        service.rawApi()
                                .queryParam("to", shop.email())
                                .get("/inbox/messages")
                                .then()
                                .body(
                                        field(
                                                "data.subject",
                                                hasItem("Webhook đến 127.0.0.1 đã bị tắt"))));
        shop.live()
                .get(path(endpoint))
                .then()
                .body(field("enabled", equalTo(false)))
                .body(field("disabled_reason", equalTo("gone")));
    }

    @Test
    @Timeout(180)
    void whatWasOnItsWayWhenTheServiceWasKilledArrivesAgainUnderTheSameId(@TempDir Path data) {
        DatabaseSettings database = TestDatabase.create();
        Map<String, String> environment =
                new HashMap<>(ServiceUnderTest.environment(database, ServiceUnderTest.freePort()));
        environment.keySet().removeAll(List.of("PORT", "ADMIN_PORT"));
        environment.putAll(PRIVATE);
        environment.putAll(ChildService.SHORT_LEASES);
        environment.put("DATA_DIR", data.toString());
        receiver.which(receiver.hangs());
        ChildService first = ChildService.start(environment);
        Shop own = ServiceUnderTest.at(first, database).signUp();
        listen(own.live(), List.of("*"));
        enrol(own.liveCalls(), "a");
        awaitCalls(1);
        first.kill();

        receiver.which(Receiver.says(204, ""));
        try (ServiceUnderTest second = ServiceUnderTest.start(database, environment)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> receiver.got().size() == 2);
            assertThat(receiver.got().get(1).id()).isEqualTo(receiver.got().get(0).id());
            awaitDelivery(own.at(second), "delivered");
        }
    }

    private JsonPath listen(RequestSpecification request, List<String> events) {
        return listen(request, events, receiver);
    }

    private static JsonPath listen(
            RequestSpecification request, List<String> events, Receiver receiver) {
        return create(request, events, receiver.url().toString())
                .then()
                .statusCode(201)
                .extract()
                .as(Fields.class);
    }

    private static Response create(RequestSpecification request, List<String> events, String url) {
        return request.body(Map.of("url", url, "events", events)).post("/v1/webhook-endpoints");
    }

    private static String path(JsonPath endpoint) {
        return "/v1/webhook-endpoints/" + endpoint.getString("id");
    }

    private static String enrol(Calls request, String externalId) {
        return Shop.enrol(request, Map.of("external_id", externalId)).getString("id");
    }

    private void awaitCalls(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.got()).hasSize(count));
    }

    private static JsonPath awaitDelivery(Shop of, String state) {
        String path = "/v1/webhook-deliveries?state=" + state;
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> of.live().get(path).then().body(field("data", hasSize(1))));
        return of.live().get(path).as(Fields.class);
    }

    /** As a receiver does it, with the library of Standard Webhooks. */
    private static void verify(String secret, Receiver.Got got) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        got.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        new Webhook(secret).verify(got.body(), headers);
    }
}
