package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.testing.Calls;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

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

    /** Where the data of one of its sides lies. */
    public String schema(Side side) {
        return TestDatabase.schema(service.database(), tenantUuid(), side);
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

    /** The same program, in which these parts are added or stand in place of its own. */
    public static Map<String, Object> program(
            String currency, long perAmount, Map<String, Object> parts) {
        Map<String, Object> program = new HashMap<>(program(currency, perAmount));
        program.putAll(parts);
        return program;
    }

    public static void publish(Calls shop, Map<String, Object> program) {
        shop.put("/v1/program/draft", program);
        shop.post("/v1/program/publish", Map.of("reason", "test"), 200);
    }

    /** Enrols a member and answers the member as shown. */
    public static JsonPath enrol(Calls shop, Map<String, Object> member) {
        return shop.post("/v1/members", member, 201);
    }

    /** Makes and activates a campaign; answers its id. */
    public static String campaign(Calls shop, Object campaign) {
        String id = shop.post("/v1/campaigns", campaign, 201).get("id");
        shop.post("/v1/campaigns/" + id + "/activate", 200);
        return id;
    }

    /** The same for birthdays, with the voucher of the program. */
    public static String birthdayCampaign(Calls shop, Map<String, Object> schedule) {
        return campaign(
                shop,
                Map.of(
                        "name",
                        "Birthdays",
                        "kind",
                        "birthday",
                        "offer",
                        Map.of("reward", "birthday_treat"),
                        "schedule",
                        schedule));
    }

    /**
     * Sends a file and waits until its import is over; answers that as it is shown.
     *
     * @param query such as {@code kind=members}
     */
    public static JsonPath imported(Calls shop, String query, String csv) {
        String id = shop.csv("/v1/imports?" + query, csv, 202).get("id");
        return Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> shop.get("/v1/imports/" + id),
                        job -> Set.of("completed", "failed").contains(job.getString("status")));
    }

    /** Brings a file in of which every row is right. */
    public static JsonPath bring(Calls shop, String kind, String csv) {
        JsonPath job = imported(shop, "kind=" + kind, csv);
        assertThat(job.getString("status")).isEqualTo("completed");
        assertThat(job.getInt("failed")).isZero();
        return job;
    }

    /** Waits until the file of an export is written; answers where it is. */
    public static String exported(Calls shop, String id) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> shop.get("/v1/exports/" + id).getString("url"), Objects::nonNull);
    }

    /** Consent to marketing mail, as a till would pass it on. */
    public static List<Map<String, Object>> consent() {
        return List.of(Map.of("purpose", "marketing_email", "granted", true, "source", "till"));
    }
}
