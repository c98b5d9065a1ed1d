package io.regulars.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.stripe.Stripe;
import com.stripe.net.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Stands in for Stripe, with the shapes of its own fixtures. */
public final class StripeStandIn implements AutoCloseable {

    public static final String SECRET = "whsec_only_tests_have_it";

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode fixtures;
    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    public StripeStandIn() {
        try {
            fixtures =
                    json.readTree(
                                    Path.of(
                                                    System.getProperty("shared.data"),
                                                    "stripe",
                                                    "fixtures3.2026-08-21.json")
                                            .toFile())
                            .path("resources");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start();
        server.stubFor(
                any(urlPathMatching(".*")).atPriority(10).willReturn(aResponse().withStatus(404)));
        page("/v1/checkout/sessions", "checkout.session", "https://checkout.stripe.example/c/1");
        page(
                "/v1/billing_portal/sessions",
                "billing_portal.session",
                "https://billing.stripe.example/p/1");
        server.stubFor(
                get(urlPathEqualTo("/v1/prices"))
                        .willReturn(okJson(list(fixture("price").put("id", "price_starter")))));
        server.stubFor(
                post(urlPathEqualTo("/v1/billing/meter_events"))
                        .willReturn(okJson(fixture("billing.meter_event").toString())));
    }

    private void page(String path, String fixture, String url) {
        server.stubFor(
                post(urlPathEqualTo(path))
                        .willReturn(okJson(fixture(fixture).put("url", url).toString())));
    }

    public String base() {
        return server.baseUrl();
    }

    /** What a service that is to be paid here has in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "STRIPE_SECRET_KEY",
                "sk_test_tests",
                "STRIPE_WEBHOOK_SECRET",
                SECRET,
                "STRIPE_API_BASE",
                base());
    }

    /** The next customer that is made has this id. */
    public void makesCustomer(String id) {
        server.stubFor(
                post(urlPathEqualTo("/v1/customers"))
                        .willReturn(okJson(fixture("customer").put("id", id).toString())));
    }

    /** What the customer has from now on. */
    public void has(String customer, String status, String lookupKey, Instant periodEnd) {
        ObjectNode subscription = fixture("subscription");
        subscription.put("id", "sub_of_" + customer);
        subscription.put("customer", customer);
        subscription.put("status", status);
        subscription.put("cancel_at_period_end", false);
        if (status.equals("trialing")) {
            subscription.put("trial_end", periodEnd.getEpochSecond());
        } else {
            subscription.putNull("trial_end");
        }
        ObjectNode item = (ObjectNode) subscription.path("items").path("data").path(0);
        item.put("current_period_end", periodEnd.getEpochSecond());
        item.put("current_period_start", periodEnd.minusSeconds(30L * 24 * 3600).getEpochSecond());
        ((ObjectNode) item.path("price")).put("lookup_key", lookupKey);
        server.stubFor(
                get(urlPathEqualTo("/v1/subscriptions"))
                        .withQueryParam("customer", equalTo(customer))
                        .willReturn(okJson(list(subscription))));
    }

    /** What reports of usage are answered from now on. */
    public void meters(int status) {
        server.stubFor(
                post(urlPathEqualTo("/v1/billing/meter_events"))
                        .willReturn(
                                status == 200
                                        ? okJson(fixture("billing.meter_event").toString())
                                        : aResponse().withStatus(status).withBody("{}")));
    }

    /** What ending a subscription, now or later, is answered with from now on. */
    public void ends(String customer, int status) {
        String body = status == 200 ? fixture("subscription").toString() : "{}";
        server.stubFor(
                any(urlPathEqualTo("/v1/subscriptions/sub_of_" + customer))
                        .willReturn(aResponse().withStatus(status).withBody(body)));
    }

    /** Stripe does not answer. */
    public void isDown(String customer) {
        server.stubFor(
                get(urlPathEqualTo("/v1/subscriptions"))
                        .withQueryParam("customer", equalTo(customer))
                        .willReturn(aResponse().withStatus(503).withBody("{}")));
    }

    /** An event as Stripe would send it. */
    public String event(String id, String type, String customer, String payloadStatus) {
        ObjectNode object = fixture("subscription");
        object.put("customer", customer);
        object.put("status", payloadStatus);
        ObjectNode event = fixture("event");
        event.put("id", id);
        event.put("type", type);
        event.put("api_version", Stripe.API_VERSION);
        event.put("livemode", false);
        ((ObjectNode) event.path("data")).set("object", object);
        return event.toString();
    }

    public static String signature(String payload, String secret, Instant at) {
        try {
            return Webhook.Signature.generateSignatureHeader(payload, secret, at.getEpochSecond());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was asked for so far. */
    public List<Request> requests() {
        return server.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .map(Request.class::cast)
                .toList();
    }

    private ObjectNode fixture(String name) {
        return fixtures.path(name).deepCopy();
    }

    private String list(ObjectNode row) {
        ObjectNode list = json.createObjectNode();
        list.put("object", "list").put("has_more", false).put("url", "/v1/any");
        list.putArray("data").add(row);
        return list.toString();
    }

    @Override
    public void close() {
        server.stop();
    }
}
