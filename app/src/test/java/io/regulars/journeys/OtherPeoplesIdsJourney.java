package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TypeIds;
import io.regulars.testing.Fields;
import io.regulars.testing.TestDatabase;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * With one shop's key, everything of another is not there. The endpoints come from the OpenAPI
 * document, so that a new one that takes an id fails here until somebody says which.
 */
class OtherPeoplesIdsJourney {

    private static Shop alice;

    /** Of Bob's shop: an id for each path that takes one. */
    private static final Map<String, String> BOBS = new HashMap<>();

    private static String bobsSchema;

    /** Bodies that would be right, so that nothing but the id stands in the way. */
    private static final Map<String, Object> BODIES =
            Map.ofEntries(
                    Map.entry("patch /v1/members/{id}", Map.of("name", "Mallory")),
                    Map.entry("put /v1/members/{id}", Map.of("name", "Mallory")),
                    Map.entry(
                            "post /v1/members/{id}/merge",
                            Map.of("from", Map.of("external_id", "same"))),
                    Map.entry(
                            "post /v1/members/{id}/unmerge",
                            Map.of("from", Map.of("external_id", "same"))),
                    Map.entry(
                            "post /v1/members/{id}/adjustments",
                            Map.of("points", 5, "reason", "gift")),
                    Map.entry(
                            "put /v1/members/{id}/consents/{purpose}",
                            Map.of("granted", true, "source", "till")),
                    Map.entry("patch /v1/campaigns/{id}", Map.of("name", "Mine")),
                    Map.entry("post /v1/purchases/{id}/refunds", Map.of("refund_id", "mine")),
                    Map.entry("patch /v1/webhook-endpoints/{id}", Map.of("enabled", false)),
                    Map.entry(
                            "post /v1/campaigns/{id}/explain",
                            Map.of("member", Map.of("external_id", "same"))),
                    Map.entry("post /v1/campaigns/{id}/preview", Map.of()),
                    Map.entry(
                            "post /v1/campaigns/{id}/test-send",
                            Map.of("to", "owner@shop.example")),
                    Map.entry("patch /v1/users/{id}", Map.of("role", "viewer")),
                    Map.entry("patch /v1/segments/{id}", Map.of("name", "Mine")));

    @BeforeAll
    static void twoShopsWithTheSameThings() throws SQLException {
        ServiceUnderTest service = ServiceUnderTest.shared();
        alice = furnished(service.signUp(), false, new HashMap<>());
        Shop bob = furnished(service.signUp(), true, BOBS);
        try (Connection connection = TestDatabase.superuserConnection(service.database());
                Statement statement = connection.createStatement()) {
            bobsSchema = bob.schema(Side.LIVE);
            BOBS.put("/v1/messages/{id}", plannedMessage(statement));
            BOBS.put("/v1/webhook-deliveries/{id}", delivery(statement));
        }
        // Bob himself finds what Alice must not.
        bob.liveCalls().get("/v1/messages/" + BOBS.get("/v1/messages/{id}"));
    }

    /**
     * A message of Bob's, put there directly: a live one would have to wait for somebody's
     * birthday.
     */
    private static String plannedMessage(Statement statement) throws SQLException {
        UUID id = TypeIds.next();
        statement.executeUpdate(
                "insert into "
                        + bobsSchema
                        + ".message (id, kind, class, member_id, occurrence, state,"
                        + " urgency, due_at, not_after, attempts, planned_at, updated_at) select '"
                        + id
                        + "', 'birthday', 'advertising', id, '2099-01-01', 'planned', 0, '2099-01-01', '2099-01-02', 0, now(), now()"
                        + " from "
                        + bobsSchema
                        + ".member where external_id = 'only-bobs'");
        return TypeIds.format("msg", id);
    }

    /** A delivery of Bob's that has come to its end: one on its way would change by itself. */
    private static String delivery(Statement statement) throws SQLException {
        UUID id = TypeIds.next();
        String endpoint = Objects.requireNonNull(BOBS.get("/v1/webhook-endpoints/{id}"));
        statement.executeUpdate(
                "insert into "
                        + bobsSchema
                        + ".webhook_delivery (id, endpoint_id, event_id, type, state, attempts,"
                        + " due_at, created_at, updated_at) select '"
                        + id
                        + "', '"
                        + TypeIds.parse("whe", endpoint).orElseThrow()
                        + "', id, type, 'delivered', 1, now(), now(), now() from "
                        + bobsSchema
                        + ".event limit 1");
        return TypeIds.format("whd", id);
    }

    @TestFactory
    Stream<DynamicTest> anIdOfAnotherShopIsNotFoundAndItsRowsStayAsTheyAre() {
        Map<String, Map<String, Object>> paths =
                alice.service().rawApi().get("/v1/openapi.json").as(Fields.class).getMap("paths");
        List<DynamicTest> tests = new ArrayList<>();
        paths.forEach((path, operations) -> {
            if (path.startsWith("/v1/") && path.contains("{")) {
                operations.keySet().stream()
                        .filter(method ->
                                List.of("get", "post", "put", "patch", "delete").contains(method))
                        .forEach(method ->
                                tests.add(
                                        DynamicTest.dynamicTest(
                                                method + " " + path,
                                                () -> isNotFound(method, path))));
            }
        });
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> aMemberOfAnotherShopNamedInABodyIsNotFound() {
        return Stream.of(
                        Map.of("id", BOBS.get("/v1/members/{id}")),
                        Map.of("email", "only-bobs@example.com"),
                        Map.of("card_number", BOBS.get("card")))
                .map(key ->
                        DynamicTest.dynamicTest(
                                key.keySet().toString(),
                                () ->
                                        alice.live()
                                                .body(
                                                        Map.of(
                                                                "source",
                                                                "till",
                                                                "order_id",
                                                                "x" + key.hashCode(),
                                                                "member",
                                                                key,
                                                                "amount",
                                                                1))
                                                .post("/v1/purchases")
                                                .then()
                                                .statusCode(422)));
    }

    private static void isNotFound(String method, String path) throws SQLException {
        String id =
                BOBS.get(
                        path.contains("/members/")
                                ? "/v1/members/{id}"
                                : path.replaceAll("\\}/.*", "}"));
        if (path.startsWith("/v1/program/versions/")) {
            // Versions are numbered in each shop; Bob's second is not Alice's, who has one fewer.
            id = BOBS.get("version");
        }
        assertThat(id).as("an id of Bob's for " + path).isNotNull();
        String before = fingerprint();
        RequestSpecification request =
                alice.service().api().header("Authorization", "Bearer " + alice.liveKey());
        Object body = BODIES.get(method + " " + path);
        if (method.equals("post")) {
            request.contentType(ContentType.JSON);
        }
        if (body != null) {
            request.contentType(ContentType.JSON).body(body);
        }
        String url = path.replace("{purpose}", "marketing_email").replaceAll("\\{[^}]+\\}", id);
        Response answer = request.request(method.toUpperCase(Locale.ROOT), url);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(404);
        assertThat(answer.as(Fields.class).getString("code")).isEqualTo("not_found");
        assertThat(fingerprint()).isEqualTo(before);
    }

    /** All of Bob's rows, in one number. */
    private static String fingerprint() throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = TestDatabase.superuserConnection(alice.service().database());
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet result =
                    statement.executeQuery(
                            "select tablename from pg_tables where schemaname = '"
                                    + bobsSchema
                                    + "' order by 1")) {
                while (result.next()) {
                    names.add(result.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet result =
                        statement.executeQuery(
                                "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from "
                                        + bobsSchema
                                        + "."
                                        + name
                                        + " t")) {
                    result.next();
                    tables.put(name, result.getString(1));
                }
            }
        }
        return tables.toString();
    }

    private static Shop furnished(Shop shop, boolean isBob, Map<String, String> ids) {
        publishRewards(shop);
        if (isBob) {
            shop.liveCalls().post("/v1/program/publish", Map.of(), 200);
            ids.put("version", "3");
        }
        String name = isBob ? "only-bobs" : "same";
        String email = isBob ? "only-bobs@example.com" : "a@example.com";
        var member = Shop.enrol(shop.liveCalls(), Map.of("external_id", name, "email", email));
        String id = member.getString("id");
        ids.put("/v1/members/{id}", id);
        ids.put("card", member.getString("card_number"));

        var purchase = Map.of("source", "till", "order_id", "1", "member", id, "amount", 20_000);
        ids.put("/v1/purchases/{id}", made(shop, "/v1/purchases", purchase));
        var cup = Map.of("member", id, "reward", "cup");
        ids.put("/v1/redemptions/{id}", made(shop, "/v1/redemptions", cup));
        ids.put(
                "/v1/campaigns/{id}",
                Shop.birthdayCampaign(shop.liveCalls(), Map.of("at", "09:00")));
        if (isBob) {
            shop.liveCalls()
                    .post("/v1/suppressions", Map.of("email", "only-bobs@example.com"), 201);
            ids.put("/v1/suppressions/{email}", "only-bobs@example.com");
        }
        ids.put("/v1/api-keys/{id}", made(shop, "/v1/api-keys", Map.of("scope", "read")));
        ids.put(
                "/v1/segments/{id}",
                made(
                        shop,
                        "/v1/segments",
                        Map.of(
                                "name",
                                "All",
                                "filter",
                                Map.of("field", "points", "op", "gte", "value", 0))));
        ids.put(
                "/v1/users/{id}",
                made(
                        shop,
                        "/v1/users",
                        Map.of(
                                "email",
                                "colleague@" + shop.tenantId().replace('_', '-') + ".example",
                                "role",
                                "viewer")));
        ids.put("/v1/exports/{id}", export(shop));
        ids.put("/v1/imports/{id}", imported(shop));
        ids.put("/v1/webhook-endpoints/{id}", endpoint(shop));
        return shop;
    }

    private static void publishRewards(Shop shop) {
        Shop.publish(
                shop.liveCalls(),
                Shop.program(
                        "VND",
                        10_000,
                        Map.of(
                                "rewards",
                                List.of(
                                        Map.of(
                                                "key", "birthday_treat",
                                                "name", "Birthday treat",
                                                "kind", "percent_off",
                                                "percent", 20),
                                        Map.of(
                                                "key",
                                                "cup",
                                                "name",
                                                "A cup",
                                                "kind",
                                                "gift",
                                                "cost_points",
                                                1)))));
    }

    private static String made(Shop shop, String path, Map<String, ?> body) {
        return shop.liveCalls().post(path, body, 201).get("id");
    }

    private static String export(Shop shop) {
        String id = shop.liveCalls().post("/v1/exports?kind=vouchers", 202).get("id");
        Shop.exported(shop.liveCalls(), id);
        return id;
    }

    private static String imported(Shop shop) {
        return Shop.bring(
                        shop.liveCalls(),
                        "purchases",
                        "source,order_id,member_external_id,purchased_at,amount\ncsv,1,x,2026-01-01,100\n")
                .getString("id");
    }

    /** Nothing that it listens for happens any more. */
    private static String endpoint(Shop shop) {
        return made(
                shop,
                "/v1/webhook-endpoints",
                Map.of("url", "https://hooks.invalid/", "events", List.of("import.completed")));
    }
}
