package io.regulars.loyalty;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Calls;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A program with a reward of each kind, and members with points. */
public final class Shelf {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Shelf() {}

    public static Map<String, Object> reward(String key, String kind, Map<String, Object> more) {
        Map<String, Object> reward = new HashMap<>(more);
        reward.put("key", key);
        reward.put("name", key);
        reward.put("kind", kind);
        return reward;
    }

    /** One point per 100; what the parts say comes on top. */
    public static Map<String, Object> program(Map<String, Object> parts) {
        Map<String, Object> program = new HashMap<>(Shop.program("USD", 100));
        program.put(
                "rewards",
                List.of(
                        reward(
                                "five_off",
                                "amount_off",
                                Map.of("amount", 500, "cost_points", 100, "min_other_items", 1)),
                        reward("fifteen", "percent_off", Map.of("percent", 15, "cost_points", 10)),
                        reward(
                                "coffee",
                                "free_product",
                                Map.of(
                                        "sku",
                                        "COFFEE",
                                        "cost_points",
                                        20,
                                        "min_other_items",
                                        1,
                                        "min_basket",
                                        500)),
                        reward("shipping", "free_shipping", Map.of("cost_points", 5)),
                        reward(
                                "seat",
                                "experience",
                                Map.of("cost_points", 10, "stock", 1, "valid_days", 30)),
                        reward("once", "gift", Map.of("cost_points", 1, "per_member", 1)),
                        reward("vips", "gift", Map.of("cost_points", 1, "tiers", List.of("vip"))),
                        reward("granted", "percent_off", Map.of("percent", 20, "valid_days", 30)),
                        reward(
                                "season",
                                "percent_off",
                                Map.of("percent", 10, "cost_points", 50, "reusable", true))));
        program.put(
                "tiers",
                Map.of(
                        "basis",
                        "spend",
                        "window",
                        "lifetime",
                        "levels",
                        List.of(
                                Map.of("key", "basic", "name", "Basic", "threshold", 0),
                                Map.of("key", "vip", "name", "VIP", "threshold", 900_000_000))));
        program.putAll(parts);
        return program;
    }

    /** A shop with this program on both sides. */
    public static Shop shop() {
        Shop shop = shop(Map.of());
        Shop.publish(shop.testCalls(), program(Map.of()));
        return shop;
    }

    /** A shop with this program and these parts on its live side. */
    public static Shop shop(Map<String, Object> parts) {
        Shop shop = ServiceUnderTest.shared().signUp("Asia/Ho_Chi_Minh", "VN", "USD");
        Shop.publish(shop.liveCalls(), program(parts));
        return shop;
    }

    public static String member(Calls shop) {
        return Shop.enrol(shop, Map.of("external_id", "m" + NUMBERS.incrementAndGet()))
                .getString("id");
    }

    /** A member with so many points. */
    public static String member(Calls shop, long points) {
        String member = member(shop);
        shop.post(
                "/v1/purchases",
                Map.of(
                        "source",
                        "till",
                        "order_id",
                        "o" + NUMBERS.incrementAndGet(),
                        "member",
                        member,
                        "amount",
                        points * 100),
                201);
        return member;
    }

    public static ValidatableResponse redeem(
            RequestSpecification request, String member, String reward) {
        return request.body(Map.of("member", member, "reward", reward))
                .post("/v1/redemptions")
                .then();
    }

    /** A basket of one coffee and one cake, 1000 together. */
    public static Map<String, Object> basket() {
        return Map.of(
                "amount",
                1000,
                "lines",
                List.of(
                        Map.of("sku", "COFFEE", "quantity", 1, "amount", 450),
                        Map.of("sku", "CAKE", "quantity", 1, "amount", 550)));
    }

    /** What a till says to use a code. */
    public static Map<String, Object> use(String code, String order, Map<String, Object> basket) {
        return Map.of("code", code, "source", "till", "order_id", order, "basket", basket);
    }

    public static long available(Calls shop, String member) {
        return shop.get("/v1/members/" + member).getLong("points.available");
    }
}
