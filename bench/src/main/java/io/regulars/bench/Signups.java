package io.regulars.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Request;
import io.regulars.platform.ids.TenantId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Shops that sign up, up to their first purchase. */
final class Signups implements Closeable {

    static final Map<String, Object> BASKET =
            Map.of(
                    "source",
                    "bench",
                    "amount",
                    50_000,
                    "lines",
                    List.of(
                            Map.of("sku", "TEA", "quantity", 1, "amount", 30_000),
                            Map.of("sku", "CAKE", "quantity", 1, "amount", 20_000)));

    private static final Pattern LINK = Pattern.compile("/v/([A-Za-z0-9_-]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int AT_ONCE = 4;

    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final SmtpSink sink = SmtpSink.start(this::letter);

    /**
     * A shop that has recorded its first purchase.
     *
     * @param tenant the id as the database has it
     * @param member who bought
     * @param readyMillis from the click on the link to the first purchase, as the server took it:
     *     the sum of its answers
     */
    record Newcomer(UUID tenant, String key, String member, double readyMillis) {}

    /** For {@code SMTP_URL}: the links of the signups come here. */
    String smtpUrl() {
        return sink.url(4);
    }

    Newcomer signUp(Client client) throws IOException {
        int number = count.incrementAndGet();
        String email = "owner" + number + "@newcomer.example";
        client.send(
                        Request.post(
                                "/v1/signups",
                                Map.of(
                                        "business_name", "Shop " + number,
                                        "email", email,
                                        "password", "correct horse battery staple",
                                        "country", "VN",
                                        "time_zone", "Asia/Ho_Chi_Minh",
                                        "locale", "vi",
                                        "currency", "VND")))
                .expect(202);
        String token = token(email);
        long start = System.nanoTime();
        JsonNode made =
                client.send(Request.post("/v1/signups/verify", Map.of("token", token)))
                        .expect(201)
                        .json();
        String key = made.at("/api_keys/live/secret").asText();
        String member =
                client.send(
                                Request.post(
                                                "/v1/members",
                                                Map.of("name", "Lan", "email", "lan@example.com"))
                                        .as(key))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        client.send(purchase(key, member, "first")).expect(201);
        double ready = (System.nanoTime() - start) / 1e6;
        UUID tenant = TenantId.parse(made.at("/tenant/id").asText()).orElseThrow().uuid();
        return new Newcomer(tenant, key, member, ready);
    }

    /** What is done in a shop as soon as it is open. */
    @FunctionalInterface
    interface Furnishing {
        void in(Client client, Newcomer shop) throws IOException;
    }

    /** So many shops, four at once. */
    List<Newcomer> several(Node node, int count, Furnishing furnishing) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        List<Newcomer> shops = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<List<Newcomer>>> running =
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(i -> threads.submit(() -> some(node, left, furnishing)))
                            .toList();
            for (Future<List<Newcomer>> each : running) {
                shops.addAll(each.get());
            }
        }
        return shops;
    }

    private List<Newcomer> some(Node node, AtomicInteger left, Furnishing furnishing)
            throws IOException {
        List<Newcomer> made = new ArrayList<>();
        try (Client client = node.client()) {
            while (left.getAndDecrement() > 0) {
                Newcomer shop = signUp(client);
                furnishing.in(client, shop);
                made.add(shop);
            }
        }
        return made;
    }

    static Request purchase(String key, String member, String order) {
        Map<String, Object> body = new java.util.HashMap<>(BASKET);
        body.put("member", Map.of("id", member));
        body.put("order_id", order);
        return Request.post("/v1/purchases", body).as(key);
    }

    private void letter(String recipient, SmtpSink.Bytes mail) {
        // Long lines are broken in quoted-printable.
        Matcher link = LINK.matcher(mail.text().replace("=\r\n", ""));
        if (link.find()) {
            tokens.put(recipient, link.group(1));
        }
    }

    private String token(String email) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            String token = tokens.remove(email);
            if (token != null) {
                return token;
            }
            Pauses.of(Duration.ofMillis(5));
        }
        throw new IOException("no mail to " + email + " within " + PATIENCE);
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
