package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.platform.http.OpenApiDocument;
import io.regulars.platform.http.OpenApiResource;
import io.regulars.testing.DocumentedCalls;
import io.regulars.testing.NameServer;
import io.regulars.testing.StripeStandIn;
import io.regulars.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every call of the OpenAPI document has an example, and the requests of the examples work as they
 * stand: the story that they come from is told to a service, and what is asked must be what the
 * document shows. {@code -Dregen=true} writes the examples anew. A shop with so much in it is also
 * the one to be archived and restored.
 */
class ExamplesTest {

    private static final Path FILE =
            Path.of(System.getProperty("root.dir"), "app/src/main/resources/docs/examples.json");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What belongs to the service and not to the shop's data. */
    private static final Set<String> OF_THE_SERVICE =
            Set.of(
                    "/v1/openapi.json",
                    "/v1/tenant",
                    "/v1/api-keys",
                    "/v1/users",
                    "/v1/audit-log",
                    "/v1/billing/subscription",
                    "/v1/test-clock");

    /** A story of shops does not come by here. */
    private static final Set<String> NOT_OF_A_SHOP =
            Set.of(
                    "GET /healthz",
                    "GET /readyz",
                    "POST /relay-events/mailgun",
                    "POST /relay-events/sendgrid");

    private static StripeStandIn stripe;
    private static NameServer names;
    private static ServiceUnderTest service;
    private static Story story;
    private static ObjectNode told;

    @BeforeAll
    static void theStoryIsTold() throws IOException {
        stripe = new StripeStandIn();
        names = new NameServer();
        stripe.makesCustomer("cus_example");
        service =
                ServiceUnderTest.start(
                        TestDatabase.create(),
                        Map.of(
                                "CLOCK_START", Story.START.toString(),
                                "DNS_RESOLVER", names.address(),
                                "STRIPE_SECRET_KEY", "sk_test_examples",
                                "STRIPE_WEBHOOK_SECRET", StripeStandIn.SECRET,
                                "STRIPE_API_BASE", stripe.base()));
        story = new Story(service);
        told = story.tell();
        if (Boolean.getBoolean("regen")) {
            Files.writeString(FILE, JSON.writeValueAsString(told) + "\n");
        }
    }

    @AfterAll
    static void stop() {
        service.close();
        stripe.close();
        names.close();
    }

    @Test
    void theExamplesWorkAsTheyStand() throws IOException {
        JsonNode shown = JSON.readTree(FILE.toFile());
        told.properties()
                .forEach(call -> {
                    JsonNode example = shown.path(call.getKey());
                    assertThat(example.path("parameters"))
                            .as(call.getKey())
                            .isEqualTo(call.getValue().path("parameters"));
                    assertThat(example.path("body"))
                            .as(call.getKey())
                            .isEqualTo(call.getValue().path("body"));
                });
    }

    @Test
    void everyCallHasAnExample() throws IOException {
        JsonNode shown = JSON.readTree(FILE.toFile());
        Set<String> calls =
                new DocumentedCalls(
                                OpenApiDocument.json(OpenApiResource.withItself(House.resources())))
                        .all().stream()
                                .map(call ->
                                        call.method().toUpperCase(Locale.ROOT) + " " + call.path())
                                .filter(call -> !NOT_OF_A_SHOP.contains(call))
                                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown.properties().stream().map(Map.Entry::getKey))
                .as("a new call needs a step in src/test/resources/examples.yml, then -Dregen=true")
                .containsExactlyInAnyOrderElementsOf(calls);
    }

    /** Whatever the whole story has left in a shop comes out of an archive as it was. */
    @Test
    void aShopRestoredFromItsArchiveAnswersEveryLookAsBefore() {
        Shop shop = shop(story.kept("tenant"), story.kept("live"), story.kept("test"));
        furnishTestSide(shop);
        Shop twin = Archives.twin(shop, "heir@shop.example");
        for (String look : story.looks()) {
            if (OF_THE_SERVICE.stream().noneMatch(look::startsWith)) {
                assertThat(answer(twin, look)).as(look).isEqualTo(answer(shop, look));
            }
        }
        // And both go on alike: the till, the counter, and a fortnight of campaigns.
        for (Act act : ACTS) {
            assertThat(done(twin, act)).as(act.path()).isEqualTo(done(shop, act));
        }
        // The story has stopped the shop's mail, so the other may not write either.
        assertThat(stopped(shop)).isTrue();
        assertThat(stopped(twin)).isTrue();
        String ran = aFortnightPasses(shop);
        assertThat(ran).contains("\"messages_sent\":1", "\"messages_skipped\":1");
        assertThat(aFortnightPasses(twin)).isEqualTo(ran);
        for (String look : List.of("/v1/messages", "/v1/members", "/v1/campaigns", "/v1/rewards")) {
            assertThat(same(twin.test().get(look).asString()))
                    .as(look)
                    .isEqualTo(same(shop.test().get(look).asString()));
        }
    }

    private static boolean stopped(Shop shop) {
        return shop.live().get("/v1/tenant").path("sending_stopped");
    }

    private record Act(String path, Map<String, Object> body) {}

    private static final List<Act> ACTS =
            List.of(
                    new Act(
                            "/v1/purchases",
                            Map.of(
                                    "source",
                                    "till-2",
                                    "order_id",
                                    "after",
                                    "amount",
                                    990_000,
                                    "member",
                                    Map.of("external_id", "crm-1017"))),
                    new Act(
                            "/v1/purchases/{last}/refunds",
                            Map.of("refund_id", "after-r", "amount", 90_000)),
                    new Act(
                            "/v1/redemptions",
                            Map.of(
                                    "member",
                                    Map.of("external_id", "crm-1017"),
                                    "reward",
                                    "free_coffee")));

    private static final Map<String, String> LAST = new HashMap<>();

    private static String done(Shop by, Act act) {
        var answer =
                by.live()
                        .body(act.body())
                        .post(act.path().replace("{last}", LAST.getOrDefault(by.tenantId(), "")));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        LAST.put(by.tenantId(), answer.path("id"));
        return same(answer.asString());
    }

    private static void furnishTestSide(Shop shop) {
        Shop.publish(shop.testCalls(), Shop.program("VND", 10_000));
        shop.test()
                .body(Map.of("start", "2027-03-01T01:00:00Z"))
                .post("/v1/test-clock")
                .then()
                .statusCode(200);
        Map.of("child-of-march", true, "bounced", true, "says-no", false)
                .forEach((name, wants) ->
                        Shop.enrol(
                                shop.testCalls(),
                                Map.of(
                                        "external_id",
                                        name,
                                        "email",
                                        name + "@members.example",
                                        "birth_date",
                                        "1990-03-09",
                                        "consents",
                                        wants ? Shop.consent() : List.of())));
        shop.test()
                .body(Map.of("email", "bounced@members.example"))
                .post("/v1/suppressions")
                .then()
                .statusCode(201);
        Shop.birthdayCampaign(shop.testCalls(), Map.of("at", "09:00"));
    }

    private static String aFortnightPasses(Shop in) {
        in.live().post("/v1/sending/resume").then().statusCode(200);
        return in.test()
                .body(Map.of("by", "P14D"))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Shop shop(String tenant, String live, String test) {
        return new Shop(service, tenant, "", live, test, "");
    }

    private static String answer(Shop of, String look) {
        var answer =
                service.rawApiUnchecked()
                        .header("Authorization", "Bearer " + of.liveKey())
                        .get(look);
        return answer.statusCode() + " " + same(answer.asString());
    }

    /** Links name the shop, and each draw of a code is another; all else is the same. */
    private static String same(String answer) {
        return answer.replaceAll(
                "\"(request_id|exported_at|card_url|referral_url|qr_url|url|id|purchase|voucher|code|campaign|claim_code|[a-z]+_at|at)\":"
                        + "\"[^\"]*\"",
                "");
    }
}
