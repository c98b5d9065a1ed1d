package io.regulars.bench;

import io.regulars.bench.Signups.Newcomer;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Four campaigns of every shop fall due at the same hour of the same zone. */
final class StormBench implements Bench {

    private static final int MANY = 10_000;
    private static final double GOAL_S = 120;
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        int tenants =
                lab.quick()
                        ? 20
                        : Integer.parseInt(
                                java.util.Objects.requireNonNullElse(
                                        System.getenv("BENCH_TENANTS"), "500"));
        Postgres database = lab.postgres();
        Signups signups = lab.mine(new Signups());
        ZonedDateTime hour =
                Clock.system()
                        .now()
                        .atZone(ZONE)
                        .toLocalDate()
                        .plusDays(1)
                        .atTime(LocalTime.of(9, 0))
                        .atZone(ZONE);
        Map<String, String> environment = new HashMap<>();
        environment.put("SMTP_URL", signups.smtpUrl());
        environment.put("MAIL_FROM", "news@regulars.example");
        environment.put("FIRST_SENDS", "0");
        environment.put("SPARE_SCHEMAS", "16");
        environment.put("PASSWORD_MEMORY_KIB", "64");
        environment.put("RATE_LIMIT_ADDRESS", "0");
        lab.say(tenants + " shops sign up, each with four campaigns");
        try (Node node = lab.node(database, environment, List.of())) {
            signups.several(node, tenants, (client, shop) -> open(client, shop, hour));
        }
        environment.put("CLOCK_START", hour.minusSeconds(20).toInstant().toString());
        environment.put("TICK", "1s");
        try (Node node = lab.node(database, environment, List.of("-Xmx256m"))) {
            return watched(database, node, tenants, hour);
        }
    }

    private static void open(Client client, Newcomer shop, ZonedDateTime hour) throws IOException {
        Map<String, Object> sender =
                Map.of(
                        "legal_name", "Shop Ltd",
                        "postal_address", "1 Lê Lợi, Huế",
                        "email", "owner@shop.example");
        client.send(Request.json("PATCH", "/v1/tenant", sender).as(shop.key())).expect(200);
        Map<String, Object> birthday =
                Map.of(
                        "name",
                        "An",
                        "email",
                        "an@example.com",
                        "birth_date",
                        "1990-" + hour.toLocalDate().toString().substring(5),
                        "consents",
                        List.of(
                                Map.of(
                                        "purpose", "marketing_email",
                                        "granted", true,
                                        "source", "till")));
        client.send(Request.post("/v1/members", birthday).as(shop.key())).expect(201);
        activate(client, shop, "birthday", Map.of("at", "09:00"));
        activate(client, shop, "anniversary", Map.of("at", "09:00"));
        activate(
                client,
                shop,
                "monthly_progress",
                Map.of("at", "09:00", "day_of_month", hour.getDayOfMonth()));
        activate(client, shop, "win_back", Map.of("at", "09:00", "silence_days", 30));
    }

    private static void activate(
            Client client, Newcomer shop, String kind, Map<String, Object> schedule)
            throws IOException {
        String id =
                client.send(
                                Request.post(
                                                "/v1/campaigns",
                                                Map.of(
                                                        "name", kind,
                                                        "kind", kind,
                                                        "schedule", schedule))
                                        .as(shop.key()))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        client.send(Request.post("/v1/campaigns/" + id + "/activate").as(shop.key())).expect(200);
    }

    /** Looks every 100 ms how many shops have nothing due any more. */
    private static Section watched(Postgres database, Node node, int tenants, ZonedDateTime hour)
            throws Exception {
        String due =
                "select count(distinct tenant_id) from control.campaign_schedule where next_at <= '"
                        + hour.toInstant()
                        + "'";
        long start = System.nanoTime();
        List<Double> quarters = new ArrayList<>();
        double began = 0;
        while (quarters.size() < 4) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("not all planned within " + PATIENCE);
            }
            int left = Integer.parseInt(database.ask(due));
            double now = (System.nanoTime() - start) / 1e9;
            if (left == tenants) {
                // The hour has not come, or nobody was served yet.
                began = now;
            }
            while (quarters.size() < 4 && tenants - left >= tenants * (quarters.size() + 1) / 4) {
                quarters.add(now - began);
            }
            Pauses.of(Duration.ofMillis(100));
        }
        double all = quarters.getLast();
        return Section.of(
                "four campaigns of every shop at the same hour",
                String.format(
                        Locale.ROOT,
                        "%,d shops in one zone, each with a birthday, an anniversary, a monthly and a win-back campaign at 09:00, one"
                                + " member with a birthday that day and consent, and mail leaving meanwhile. From the first shop served to"
                                + " the last of the %,d campaigns planned. Heap of the service 256 MB.",
                        tenants,
                        4 * tenants),
                List.of(
                        Figure.of("all planned", "s", all),
                        Figure.of(
                                        String.format(
                                                Locale.ROOT,
                                                "extrapolated to %,d shops, in proportion",
                                                MANY),
                                        "s",
                                        all * MANY / tenants)
                                .reach(Goal.atMost(GOAL_S)),
                        Figure.of("the first quarter of the shops", "s", quarters.getFirst()),
                        Figure.of("the last quarter", "s", quarters.get(3) - quarters.get(2)),
                        Figure.of("service, resident", "MB", node.residentMegabytes())));
    }
}
