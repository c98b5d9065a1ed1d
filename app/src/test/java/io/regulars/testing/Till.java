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

    /** The same, as wrong as it likes. */
    public RequestSpecification loose() {
        return shop.service()
                .rawApi()
                .header("Authorization", "Bearer " + shop.testKey())
                .contentType(ContentType.JSON);
    }

    /** Sets the clock; there must be no member yet. */
    public Till at(String instant) {
        api().body(Map.of("start", instant)).post("/v1/test-clock").then().statusCode(200);
        return this;
    }

    /** Moves the clock on, and does what falls due on the way. */
    public JsonPath advance(String to) {
        String key = to.startsWith("P") ? "by" : "to";
        return api().body(Map.of(key, to))
                .post("/v1/test-clock/advance")
                .then()
                .statusCode(200)
                .extract()
                .as(Fields.class);
    }

    /** Publishes a program that is written down as JSON. */
    public Till program(String json) {
        api().body(json).put("/v1/program/draft").then().statusCode(200);
        api().body("{\"reason\": \"test\"}").post("/v1/program/publish").then().statusCode(200);
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
        return Shop.enrol(api(), said).getString("id");
    }

    /** Sells so much; answers the purchase. */
    public JsonPath buys(String member, long amount) {
        return buys(member, amount, null);
    }

    public JsonPath buys(String member, long amount, @Nullable Instant at, Line... lines) {
        return sale(member, amount, at, lines).statusCode(201).extract().as(Fields.class);
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
        return refund(purchase, Map.of()).statusCode(201).extract().as(Fields.class);
    }

    public JsonPath refunds(JsonPath purchase, long amount) {
        return refund(purchase, Map.of("amount", amount)).statusCode(201).extract().as(Fields.class);
    }

    public ValidatableResponse refund(JsonPath purchase, Map<String, Object> said) {
        Map<String, Object> body = new HashMap<>(said);
        body.putIfAbsent("refund_id", "r-" + NUMBERS.incrementAndGet());
        return api().body(body).post("/v1/purchases/{id}/refunds", purchase.getString("id")).then();
    }

    public JsonPath shown(String member) {
        return api().get("/v1/members/{id}", member).then().statusCode(200).extract().as(Fields.class);
    }

    /** The member's transactions, oldest first. */
    public List<Map<String, Object>> transactions(String member) {
        List<Map<String, Object>> newestFirst =
                api().get("/v1/members/{id}/transactions?limit=200", member)
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class)
                        .getList("data");
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
