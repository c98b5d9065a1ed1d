package io.regulars.journeys;

import static io.regulars.testing.Fields.field;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.codahale.metrics.MetricRegistry;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.testing.Fields;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A shop whose nights pass by the test clock, and what they did. */
final class ShopNights {

    private final Shop shop;
    private int orders;

    ShopNights(Shop shop) {
        this.shop = shop;
    }

    Shop shop() {
        return shop;
    }

    static Map<String, Object> occasions() {
        return Map.of(
                "earning",
                List.of(
                        spend(Map.of()),
                        Map.of("key", "bday", "on", "birthday", "points", Map.of("fixed", 50)),
                        Map.of(
                                "key",
                                "years",
                                "on",
                                "anniversary",
                                "points",
                                Map.of("fixed", 70))));
    }

    static Map<String, Object> spend(Map<String, Object> more) {
        Map<String, Object> rule =
                new HashMap<>(
                        Map.of(
                                "key", "spend",
                                "on", "purchase",
                                "points", Map.of("per_amount", 100, "award", 1)));
        rule.putAll(more);
        return rule;
    }

    static Map<String, Object> tiers(String window, String policy, int grace) {
        return Map.of(
                "basis",
                "spend",
                "window",
                window,
                "downgrade",
                Map.of("policy", policy, "grace_days", grace),
                "levels",
                List.of(
                        level("member", "Member", 0),
                        level("vip", "VIP", 50_000),
                        level("star", "Star", 100_000)));
    }

    /** Tiers by what was ever spent. */
    static Map<String, Object> tiers(List<Map<String, Object>> levels) {
        return Map.of("basis", "spend", "window", "lifetime", "levels", levels);
    }

    static Map<String, Object> level(String key, String name, long threshold) {
        return Map.of("key", key, "name", name, "threshold", threshold);
    }

    void startAt(String moment) {
        shop.testCalls().post("/v1/test-clock", Map.of("start", moment), 200);
    }

    void publish(Map<String, Object> parts) {
        String currency = shop.live().get("/v1/program").as(Fields.class).getString("currency");
        Shop.publish(shop.testCalls(), Shop.program(currency, 100, parts));
    }

    String member(String externalId, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("external_id", externalId));
        body.putAll(more);
        return Shop.enrol(shop.testCalls(), body).getString("id");
    }

    void buy(String member, long amount, @Nullable String at) {
        Map<String, Object> body =
                new HashMap<>(
                        Map.of(
                                "source",
                                "till",
                                "order_id",
                                "o" + ++orders,
                                "member",
                                member,
                                "amount",
                                amount));
        if (at != null) {
            body.put("purchased_at", at);
        }
        shop.testCalls().post("/v1/purchases", body, 201);
    }

    void adjust(String member, int points) {
        shop.testCalls()
                .post(
                        "/v1/members/" + member + "/adjustments",
                        Map.of("points", points, "reason", "by hand"),
                        201);
    }

    void birthDate(String member, String date) {
        shop.testCalls().patch("/v1/members/" + member, Map.of("birth_date", date));
    }

    JsonPath advanceTo(String moment) {
        return shop.testCalls().post("/v1/test-clock/advance", Map.of("to", moment), 200);
    }

    void points(String member, int available) {
        shop.test()
                .get("/v1/members/" + member)
                .then()
                .body(field("points.available", equalTo(available)));
    }

    void tier(String member, String key, @Nullable String endsAt) {
        shop.test()
                .get("/v1/members/" + member)
                .then()
                .body(field("tier.key", equalTo(key)))
                .body(field("tier.ends_at", endsAt == null ? nullValue() : equalTo(endsAt)));
    }

    List<String> awards(String member, String occasion) {
        String rule = occasion.equals("birthday") ? "bday" : "years";
        return shop.test()
                .get("/v1/members/" + member + "/transactions")
                .as(Fields.class)
                .getList("data.findAll { it.rule == '" + rule + "' }.occurred_at", String.class);
    }

    /** The events of points, as {@code moment type points}, in their order. */
    List<String> events() {
        return rows(
                "select occurred_at, type || ' ' || (data ->> 'points') as what from %s.event"
                        + " where type like 'points.%%' order by id");
    }

    List<String> tierEvents(String member) {
        return rows(
                "select occurred_at, type || ' ' || coalesce(data ->> 'from', data ->> 'tier') || ' ' || (data ->> 'to')"
                        + " || coalesce(' ' || (data ->> 'cause'), '') as what from %s.event"
                        + " where type like 'tier.%%' and data ->> 'member' = '"
                        + member
                        + "' order by id");
    }

    private List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = TestDatabase.superuserConnection(shop.service().database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(inItsSchema(sql))) {
            while (row.next()) {
                rows.add(
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant()
                                + " "
                                + row.getString("what"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    List<String> findings() {
        TenantRef side =
                new TenantRef(
                        TenantId.parse(shop.tenantId()).orElseThrow(),
                        Side.TEST,
                        shop.schema(Side.TEST),
                        ZoneId.of("Asia/Ho_Chi_Minh"),
                        "VN",
                        Locale.of("vi"));
        try (Databases databases =
                Databases.open(
                        ServiceUnderTest.shared().database(),
                        TestClock.CLOCK,
                        new MetricRegistry())) {
            return new CheckShop(databases.tenants(), new Programs())
                    .findings(side).stream().map(f -> f.kind() + ": " + f.detail()).toList();
        }
    }

    void change(String sql) {
        TestDatabase.change(shop.service().database(), inItsSchema(sql));
    }

    private String inItsSchema(String sql) {
        return String.format(Locale.ROOT, sql, shop.schema(Side.TEST));
    }
}
