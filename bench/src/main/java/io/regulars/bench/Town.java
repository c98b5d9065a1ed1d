package io.regulars.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import io.regulars.platform.ids.TypeIds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Many shops with tiers, stamp cards and members: what a busy service serves. */
record Town(List<Place> places) {

    private static final int AT_ONCE = 4;
    private static final Duration IMPORTED_WITHIN = Duration.ofMinutes(5);

    /** One shop and what is needed to buy there. */
    record Place(Shop shop, String schema, List<UUID> members) {

        String memberId(int index) {
            return TypeIds.format("mem", members.get(index));
        }
    }

    /** One point a dollar, three tiers, a stamp for each coffee. */
    private static final Map<String, Object> PROGRAM =
            Map.of(
                    "name", "Regulars",
                    "unit", Map.of("one", "point", "many", "points"),
                    "currency", "USD",
                    "earning",
                            List.of(
                                    Map.of(
                                            "key", "spend",
                                            "on", "purchase",
                                            "points", Map.of("per_amount", 100, "award", 1))),
                    "tiers",
                            Map.of(
                                    "basis",
                                    "spend",
                                    "window",
                                    "calendar_year",
                                    "downgrade",
                                    Map.of("policy", "full", "grace_days", 0),
                                    "levels",
                                    List.of(
                                            level("member", 0, 1.0),
                                            level("silver", 500_000, 1.25),
                                            level("gold", 2_000_000, 1.5))),
                    "expiry", Map.of("mode", "inactivity", "months", 12),
                    "stamp_cards",
                            List.of(
                                    Map.of(
                                            "key",
                                            "coffee10",
                                            "buys",
                                            1_000,
                                            "categories",
                                            List.of("coffee"),
                                            "reward",
                                            "free_coffee")),
                    "rewards",
                            List.of(
                                    Map.of(
                                            "key", "free_coffee",
                                            "name", "Free coffee",
                                            "kind", "free_product",
                                            "sku", "COFFEE",
                                            "valid_days", 30)));

    private static Map<String, Object> level(String key, int threshold, double multiplier) {
        return Map.of("key", key, "name", key, "threshold", threshold, "multiplier", multiplier);
    }

    static Town build(Lab lab, Node node, int shops, int membersEach) throws Exception {
        lab.say(shops + " shops sign up, with " + membersEach + " members each");
        List<Shop> signedUp = new ArrayList<>();
        List<Future<List<Shop>>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                int part = shops / AT_ONCE + (i < shops % AT_ONCE ? 1 : 0);
                parts.add(threads.submit(() -> open(node, part, membersEach)));
            }
        }
        for (Future<List<Shop>> part : parts) {
            signedUp.addAll(part.get());
        }
        List<Place> places = new ArrayList<>();
        for (Shop shop : signedUp) {
            String schema = shop.schema(lab.postgres());
            places.add(new Place(shop, schema, members(lab.postgres(), schema)));
        }
        lab.postgres().execute("analyze");
        return new Town(List.copyOf(places));
    }

    private static List<Shop> open(Node node, int shops, int membersEach) throws IOException {
        List<Shop> opened = new ArrayList<>();
        List<String> imports = new ArrayList<>();
        try (Client client = node.client()) {
            Map<String, Object> dollars =
                    Map.of("country", "US", "currency", "USD", "time_zone", "America/New_York");
            for (int i = 0; i < shops; i++) {
                Shop shop = Shop.signUp(client, dollars);
                shop.publish(client, PROGRAM);
                opened.add(shop);
                imports.add(importMembers(client, shop, membersEach));
            }
            for (int i = 0; i < shops; i++) {
                awaitImport(client, opened.get(i), imports.get(i));
            }
        }
        return opened;
    }

    Place get(long n) {
        return places.get((int) (n % places.size()));
    }

    /** Unlike in real life, everybody has a phone. */
    static String phone(int member) {
        return String.format(Locale.ROOT, "+1202555%04d", member);
    }

    private static String importMembers(Client client, Shop shop, int members) throws IOException {
        StringBuilder csv = new StringBuilder("external_id,email,phone,name\n");
        for (int i = 0; i < members; i++) {
            csv.append("m").append(i).append(",m").append(i).append("@example.org,");
            csv.append(phone(i)).append(",Member ").append(i).append('\n');
        }
        Request request =
                new Request(
                        "POST",
                        "/v1/imports?kind=members",
                        shop.key(),
                        "text/csv",
                        csv.toString().getBytes(UTF_8));
        return client.send(request).expect(202).json().get("id").asText();
    }

    private static void awaitImport(Client client, Shop shop, String id) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < IMPORTED_WITHIN.toNanos()) {
            var job =
                    client.send(Request.get("/v1/imports/" + id).as(shop.key())).expect(200).json();
            switch (job.get("status").asText()) {
                case "completed" -> {
                    return;
                }
                case "failed" -> throw new IOException("the import failed: " + job);
                default -> Pauses.of(Duration.ofMillis(50));
            }
        }
        throw new IOException("an import took longer than " + IMPORTED_WITHIN);
    }

    private static List<UUID> members(Postgres database, String schema)
            throws IOException, SQLException {
        Stream.Builder<UUID> members = Stream.builder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select id from " + schema + ".member order by external_id")) {
            while (rows.next()) {
                members.add(rows.getObject(1, UUID.class));
            }
        }
        return members.build().toList();
    }
}
