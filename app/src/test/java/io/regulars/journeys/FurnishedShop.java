package io.regulars.journeys;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.SensibleBodies;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shop that has one of everything, so that every call finds what it is about. */
record FurnishedShop(Shop shop, Map<String, String> ids, SensibleBodies bodies) {

    static FurnishedShop at(ServiceUnderTest service) {
        Shop shop = service.signUp();
        Map<String, String> ids = new HashMap<>();
        ids.put("tenant", shop.tenantId());
        ids.put("version", "1");
        ids.put("purpose", "marketing_email");
        ids.put("email", "nobody@example.com");
        SensibleBodies bodies = new SensibleBodies(ids);
        // Pictures in mails come from there.
        shop.live().body(Map.of("website", "https://example.com/")).patch("/v1/tenant");
        shop.liveCalls()
                .put("/v1/program/draft", bodies.template("put", "/v1/program/draft").toString());
        shop.live().body(Map.of("reason", "test")).post("/v1/program/publish");
        JsonPath lan =
                Shop.enrol(
                        shop.liveCalls(),
                        Map.of(
                                "external_id",
                                "lan",
                                "email",
                                "lan@example.com",
                                "name",
                                "Lan",
                                "consents",
                                Shop.consent()));
        Shop.enrol(shop.liveCalls(), Map.of("external_id", "twin", "email", "twin@example.com"));
        String member = lan.getString("id");
        ids.put("member", member);
        ids.put("card", lan.getString("card_url").replaceFirst("^https?://[^/]+", ""));
        ids.put("referral", lan.getString("referral_code"));
        made(shop, "members/" + member + "/adjustments", Map.of("points", 900_000, "reason", "x"));
        made(shop, "purchases", purchase("1", Map.of("member", member)), ids, "purchases");
        JsonPath receipt = made(shop, "purchases", purchase("2", Map.of()));
        ids.put("claim", receipt.getString("claim_code"));
        JsonPath redemption =
                made(
                        shop,
                        "redemptions",
                        Map.of("member", member, "reward", "cup"),
                        ids,
                        "redemptions");
        ids.put("voucher", redemption.getString("voucher.code"));
        marketed(shop, ids);
        staffed(shop, ids);
        ids.put("members", member);
        return new FurnishedShop(shop, ids, bodies);
    }

    private static void marketed(Shop shop, Map<String, String> ids) {
        Map<String, ?> everybody = Map.of("field", "points", "op", "gte", "value", 0);
        made(shop, "segments", Map.of("name", "All", "filter", everybody), ids, "segments");
        ids.put("segment", ids.get("segments"));
        made(shop, "campaigns", Map.of("name", "Day", "kind", "birthday"), ids, "campaigns");
    }

    private static void staffed(Shop shop, Map<String, String> ids) {
        made(shop, "api-keys", Map.of("scope", "read"), ids, "api-keys");
        made(
                shop,
                "users",
                Map.of(
                        "email",
                        "c@" + shop.tenantId().replace('_', '-') + ".example",
                        "role",
                        "viewer"),
                ids,
                "users");
        made(
                shop,
                "webhook-endpoints",
                Map.of("url", "https://hooks.invalid/", "events", List.of("import.completed")),
                ids,
                "webhook-endpoints");
    }

    /** The path with an id of this shop in each of its places; x where it has no such thing. */
    String filled(String method, String path) {
        if (method.equals("put") && path.equals("/v1/members/{id}")) {
            return "/v1/members/ext:lan";
        }
        String room = path.replaceFirst("^/v1/", "").replaceFirst("/.*", "");
        String filled = path;
        for (String name : List.of("version", "purpose", "email")) {
            filled = filled.replace("{" + name + "}", ids.get(name));
        }
        return filled.replace("{id}", ids.getOrDefault(room, "x"));
    }

    private static Map<String, Object> purchase(String order, Map<String, Object> more) {
        Map<String, Object> purchase = new HashMap<>(more);
        purchase.putAll(Map.of("source", "first", "order_id", order, "amount", 20_000));
        return purchase;
    }

    private static JsonPath made(Shop shop, String path, Map<String, ?> body) {
        return shop.liveCalls().post("/v1/" + path, body, 201);
    }

    private static JsonPath made(
            Shop shop, String path, Map<String, ?> body, Map<String, String> ids, String name) {
        JsonPath made = made(shop, path, body);
        ids.put(name, made.getString("id"));
        return made;
    }
}
