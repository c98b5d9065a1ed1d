package io.regulars;

import io.regulars.platform.ids.TenantId;
import io.regulars.testing.Calls;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A shop that signed up at the service under test, with its keys. */
public record Shop(
        ServiceUnderTest service,
        String tenantId,
        String email,
        String liveKey,
        String testKey,
        String session) {

    /** A request with the live admin key, held against the OpenAPI document. */
    public RequestSpecification live() {
        return service.api()
                .header("Authorization", "Bearer " + liveKey)
                .contentType(ContentType.JSON);
    }

    /** The same on the test side. */
    public RequestSpecification test() {
        return service.api()
                .header("Authorization", "Bearer " + testKey)
                .contentType(ContentType.JSON);
    }

    /** Calls with the live admin key that a test needs done before it looks. */
    public Calls liveCalls() {
        return service.calls(liveKey);
    }

    /** The same on the test side. */
    public Calls testCalls() {
        return service.calls(testKey);
    }

    /** The same for a CSV file. */
    public RequestSpecification csv() {
        return service.api()
                .header("Authorization", "Bearer " + liveKey)
                .contentType("text/csv;charset=UTF-8");
    }

    /** A request that may be as wrong as it likes; its answer must be as documented. */
    public RequestSpecification raw() {
        return service.rawApi().header("Authorization", "Bearer " + liveKey);
    }

    /** The same shop, spoken to through another node. */
    public Shop at(ServiceUnderTest other) {
        return new Shop(other, tenantId, email, liveKey, testKey, session);
    }

    public UUID tenantUuid() {
        return TenantId.parse(tenantId).orElseThrow().uuid();
    }

    /** What advertising mail must say of its sender. */
    public void sayWhoYouAre() {
        liveCalls()
                .patch(
                        "/v1/tenant",
                        Map.of(
                                "legal_name", "Shop Ltd",
                                "postal_address", "1 Lê Lợi, Huế",
                                "email", email));
    }

    /** A program with one point per so many minor units, and a birthday voucher of 20 %. */
    public static Map<String, Object> program(String currency, long perAmount) {
        return Map.of(
                "name", "Khách quen",
                "unit", Map.of("one", "điểm", "many", "điểm"),
                "currency", currency,
                "earning",
                        List.of(
                                Map.of(
                                        "key",
                                        "spend",
                                        "on",
                                        "purchase",
                                        "points",
                                        Map.of("per_amount", perAmount, "award", 1))),
                "rewards",
                        List.of(
                                Map.of(
                                        "key",
                                        "birthday_treat",
                                        "name",
                                        Map.of("vi", "Giảm giá sinh nhật", "en", "Birthday treat"),
                                        "kind",
                                        "percent_off",
                                        "percent",
                                        20,
                                        "valid_days",
                                        30)));
    }

    public static void publish(Calls shop, Map<String, Object> program) {
        shop.put("/v1/program/draft", program);
        shop.post("/v1/program/publish", Map.of("reason", "test"), 200);
    }

    /** Enrols a member and answers the member as shown. */
    public static JsonPath enrol(Calls shop, Map<String, Object> member) {
        return shop.post("/v1/members", member, 201);
    }

    /** Makes and activates a birthday campaign; answers its id. */
    public static String birthdayCampaign(Calls shop, Map<String, Object> schedule) {
        String id =
                shop.post(
                                "/v1/campaigns",
                                Map.of(
                                        "name",
                                        "Birthdays",
                                        "kind",
                                        "birthday",
                                        "offer",
                                        Map.of("reward", "birthday_treat"),
                                        "schedule",
                                        schedule),
                                201)
                        .get("id");
        shop.post("/v1/campaigns/" + id + "/activate", 200);
        return id;
    }

    /** Consent to marketing mail, as a till would pass it on. */
    public static List<Map<String, Object>> consent() {
        return List.of(Map.of("purpose", "marketing_email", "granted", true, "source", "till"));
    }
}
