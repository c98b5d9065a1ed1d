package io.regulars.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shop, signed up as its owner would: with the link in the mail.
 *
 * @param key a live API key that may everything
 */
public record Shop(String tenantId, String email, String key, String testKey) {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern LINK = Pattern.compile("/v/([A-Za-z0-9_-]+)");
    private static final Duration MAIL_WITHIN = Duration.ofSeconds(60);

    /**
     * @param client of a service without {@code SMTP_URL}, whose mail is captured
     * @param more over what a Vietnamese shop would say, such as {@code preset} or {@code currency}
     */
    public static Shop signUp(Client client, Map<String, Object> more) throws IOException {
        int number = COUNT.incrementAndGet();
        String email = "owner" + number + "@shop.example";
        Map<String, Object> signup = new HashMap<>();
        signup.put("business_name", "Shop " + number);
        signup.put("email", email);
        signup.put("password", "correct horse battery staple");
        signup.put("country", "VN");
        signup.put("time_zone", "Asia/Ho_Chi_Minh");
        signup.put("locale", "vi");
        signup.put("currency", "VND");
        signup.putAll(more);
        client.send(Request.post("/v1/signups", signup)).expect(202);
        Map<String, Object> token = Map.of("token", token(client, email));
        JsonNode made = client.send(Request.post("/v1/signups/verify", token)).expect(201).json();
        Shop shop =
                new Shop(
                        made.at("/tenant/id").asText(),
                        email,
                        made.at("/api_keys/live/secret").asText(),
                        made.at("/api_keys/test/secret").asText());
        shop.sayWhoYouAre(client);
        return shop;
    }

    /** What advertising mail must say of its sender. */
    private void sayWhoYouAre(Client client) throws IOException {
        Map<String, Object> sender =
                Map.of(
                        "legal_name", "Shop Ltd",
                        "postal_address", "1 Lê Lợi, Huế",
                        "email", email);
        client.send(Request.json("PATCH", "/v1/tenant", sender).as(key)).expect(200);
    }

    public void publish(Client client, Map<String, Object> program) throws IOException {
        client.send(Request.json("PUT", "/v1/program/draft", program).as(key)).expect(200);
        client.send(Request.post("/v1/program/publish", Map.of("reason", "bench")).as(key))
                .expect(200);
    }

    /** The schema its live data are in. */
    public String schema(Postgres database) throws Exception {
        return database.ask("select live_schema from control.tenant where id = '" + uuid() + "'");
    }

    /** What stands behind the typed id. */
    public UUID uuid() {
        return io.regulars.platform.ids.TenantId.parse(tenantId).orElseThrow().uuid();
    }

    private static String token(Client client, String email) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < MAIL_WITHIN.toNanos()) {
            JsonNode mails =
                    client.send(Request.get("/inbox/messages?to=" + email)).expect(200).json();
            if (!mails.get("data").isEmpty()) {
                String id = mails.at("/data/0/id").asText();
                Matcher link =
                        LINK.matcher(
                                client.send(Request.get("/inbox/messages/" + id))
                                        .expect(200)
                                        .json()
                                        .get("text")
                                        .asText());
                if (link.find()) {
                    return link.group(1);
                }
                throw new IOException("no link in the mail to " + email);
            }
            Pauses.of(Duration.ofMillis(20));
        }
        throw new IOException("no mail to " + email + " within " + MAIL_WITHIN);
    }
}
