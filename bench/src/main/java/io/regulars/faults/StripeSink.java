package io.regulars.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.Stripe;
import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for Stripe: makes customers, knows what each of them pays for, and tells of it with its
 * own signatures.
 */
final class StripeSink implements AutoCloseable {

    static final String SECRET = "whsec_only_faults_have_it";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant PERIOD_END = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpServer server;
    private final AtomicInteger customers = new AtomicInteger();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private volatile Runnable whenAsked = () -> {};

    StripeSink() throws IOException {
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The customer that was made last. */
    String lastCustomer() {
        return "cus_" + customers.get();
    }

    /** What the customer's subscription is from now on, in Stripe's word. */
    void has(String customer, String status) {
        statuses.put(customer, status);
    }

    /** What happens when somebody asks for a customer's subscription, before the answer. */
    void whenAsked(Runnable then) {
        whenAsked = then;
    }

    /**
     * Tells of a change, as Stripe does again and again until it is answered.
     *
     * @return the status; 0 where no answer came
     */
    int tell(URI to, String event, String type, String customer) throws IOException {
        String text =
                JSON.writeValueAsString(
                        Map.of(
                                "id",
                                event,
                                "object",
                                "event",
                                "type",
                                type,
                                "api_version",
                                Stripe.API_VERSION,
                                "livemode",
                                false,
                                "data",
                                Map.of(
                                        "object",
                                        Map.of(
                                                "object",
                                                "subscription",
                                                "customer",
                                                customer,
                                                // Only a hint, and a wrong one.
                                                "status",
                                                "incomplete"))));
        HttpRequest request =
                HttpRequest.newBuilder(to.resolve("/stripe/webhook"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Stripe-Signature", signature(text))
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String signature(String text) throws IOException {
        try {
            return Webhook.Signature.generateSignatureHeader(
                    text, SECRET, Clock.system().now().getEpochSecond());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] text = JSON.writeValueAsBytes(object(exchange));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private Map<String, Object> object(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/v1/customers" ->
                    Map.of("id", "cus_" + customers.incrementAndGet(), "object", "customer");
            case "/v1/prices" -> list(path, Map.of("id", "price_1", "object", "price"));
            case "/v1/checkout/sessions" ->
                    Map.of(
                            "id",
                            "cs_1",
                            "object",
                            "checkout.session",
                            "url",
                            "https://checkout.stripe.example/c/1");
            case "/v1/subscriptions" -> {
                whenAsked.run();
                yield list(path, subscription(exchange.getRequestURI().getQuery()));
            }
            default -> throw new IOException("nobody plays " + path);
        };
    }

    private Map<String, Object> subscription(String query) {
        String customer = query.replaceFirst("^(.*&)?customer=([^&]*).*$", "$2");
        Map<String, Object> item =
                Map.of(
                        "id", "si_of_" + customer,
                        "object", "subscription_item",
                        "current_period_start", PERIOD_END.minus(MONTH).getEpochSecond(),
                        "current_period_end", PERIOD_END.getEpochSecond(),
                        "price",
                                Map.of(
                                        "id", "price_1",
                                        "object", "price",
                                        "lookup_key", "regulars_starter_monthly"));
        return Map.of(
                "id",
                "sub_of_" + customer,
                "object",
                "subscription",
                "customer",
                customer,
                "created",
                PERIOD_END.minus(MONTH).getEpochSecond(),
                "status",
                statuses.getOrDefault(customer, "incomplete"),
                "cancel_at_period_end",
                false,
                "items",
                list("/v1/subscription_items", item));
    }

    private static Map<String, Object> list(String path, Map<String, Object> one) {
        return Map.of("object", "list", "has_more", false, "url", path, "data", List.of(one));
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
