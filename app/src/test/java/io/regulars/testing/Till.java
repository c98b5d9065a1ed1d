package io.regulars.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.Shop;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A shop's counter on its test side, where time is what a test says it is. */
public final class Till {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Shop shop;

    public Till(Shop shop) {
        this.shop = shop;
    }

    /** A request to the test side, held against the OpenAPI document. */
    public RequestSpecification api() {
        return shop.test();
    }

    /** Calls to the test side that a test needs done before it looks. */
    public Calls calls() {
        return shop.testCalls();
    }

    /** The same, as wrong as it likes. */
    public RequestSpecification loose() {
        return shop.service()
                .rawApi()
                .header("Authorization", "Bearer " + shop.testKey())
                .contentType(ContentType.JSON);
    }

    /** Sets the clock; there must be no member yet. */
    public Till at(String instant) {
        calls().post("/v1/test-clock", Map.of("start", instant), 200);
        return this;
    }

    /** Moves the clock on, and does what falls due on the way. */
    public JsonPath advance(String to) {
        String key = to.startsWith("P") ? "by" : "to";
        return calls().post("/v1/test-clock/advance", Map.of(key, to), 200);
    }

    /** Publishes a program that is written down as JSON. */
    public Till program(String json) {
        calls().put("/v1/program/draft", json);
        calls().post("/v1/program/publish", Map.of("reason", "test"), 200);
        return this;
    }

    /** A program with these parts beside name, unit and currency (US dollars). */
    public Till with(String parts) {
        return program(
                """
                {"name": "Regulars", "unit": {"one": "point", "many": "points"}, "currency": "USD", %s}
                """
                        .formatted(parts));
    }

    public String member() {
        return member(Map.of("external_id", "m-" + NUMBERS.incrementAndGet()));
    }

    public String member(Map<String, Object> said) {
        return Shop.enrol(calls(), said).getString("id");
    }

    /** Sells so much; answers the purchase. */
    public JsonPath buys(String member, long amount) {
        return buys(member, amount, null);
    }

    public JsonPath buys(String member, long amount, @Nullable Instant at, Line... lines) {
        return calls().post("/v1/purchases", purchase(member, amount, at, lines), 201);
    }

    public ValidatableResponse sale(
            String member, long amount, @Nullable Instant at, Line... lines) {
        return api().body(purchase(member, amount, at, lines)).post("/v1/purchases").then();
    }

    /** The body of a purchase with an order id of its own. */
    public static Map<String, Object> purchase(
            String member, long amount, @Nullable Instant at, Line... lines) {
        Map<String, Object> body = new HashMap<>();
        body.put("source", "till");
        body.put("order_id", "o-" + NUMBERS.incrementAndGet());
        body.put("member", member);
        body.put("amount", amount);
        if (at != null) {
            body.put("purchased_at", at.toString());
        }
        if (lines.length > 0) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Line line : lines) {
                all.add(line.body());
            }
            body.put("lines", all);
        }
        return body;
    }

    /** A line of a purchase. */
    public record Line(String lineId, String sku, String category, int quantity, long amount) {

        public static Line of(String category, long amount) {
            return new Line(category, category, category, 1, amount);
        }

        Map<String, Object> body() {
            return Map.of(
                    "line_id", lineId,
                    "sku", sku,
                    "category", category,
                    "quantity", quantity,
                    "amount", amount);
        }
    }

    /** Refunds all that is left. */
    public JsonPath refundsAll(JsonPath purchase) {
        return calls().post(refunds(purchase), refundOf(Map.of()), 201);
    }

    public JsonPath refunds(JsonPath purchase, long amount) {
        return calls().post(refunds(purchase), refundOf(Map.of("amount", amount)), 201);
    }

    public ValidatableResponse refund(JsonPath purchase, Map<String, Object> said) {
        return api().body(refundOf(said)).post(refunds(purchase)).then();
    }

    private static String refunds(JsonPath purchase) {
        return "/v1/purchases/" + purchase.getString("id") + "/refunds";
    }

    private static Map<String, Object> refundOf(Map<String, Object> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.putIfAbsent("refund_id", "r-" + NUMBERS.incrementAndGet());
        return body;
    }

    public JsonPath shown(String member) {
        return calls().get("/v1/members/" + member);
    }

    /** The member's transactions, oldest first. */
    public List<Map<String, Object>> transactions(String member) {
        List<Map<String, Object>> newestFirst =
                calls().get("/v1/members/" + member + "/transactions?limit=200").getList("data");
        return newestFirst.reversed();
    }

    /** What the member can spend; sees that all transactions come to what is told. */
    public long available(String member) {
        JsonPath points = shown(member);
        long sum =
                transactions(member).stream()
                        .mapToLong(t -> ((Number) t.get("points")).longValue())
                        .sum();
        assertThat(sum)
                .as("the sum of all transactions")
                .isEqualTo(
                        points.getLong("points.available")
                                + points.getLong("points.pending")
                                - points.getLong("points.debt"));
        return points.getLong("points.available");
    }
}
