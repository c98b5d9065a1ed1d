package io.regulars.faults;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Shop;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A shop on two nodes, each with a wire of its own to the one database, and all around it. */
final class Town {

    /** So many members buy; the mail goes to all. */
    static final int BUYERS = 100;

    static final String LIMITED = "limited";
    static final int STOCK = 120;

    /**
     * Of the members' addresses: a domain that answers "later" gets one mail a second for minutes.
     */
    private static final int DOMAINS = 40;

    private final Lab lab;
    private final Postgres database;
    private final Plan plan;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final String schema;
    private final Api api;
    private final Post post;
    private final Sinks sinks;
    private final HookSink hooks;
    private String endpoint = "";
    private String campaign = "";

    /**
     * How it is laid out.
     *
     * @param members who get the mail
     * @param mailTakes how long the relay takes over each
     * @param environment of both nodes, over the usual
     * @param sinkOfItsOwn whether the relay is a process, which can be killed
     */
    record Plan(
            int members,
            Duration mailTakes,
            Map<String, String> environment,
            boolean sinkOfItsOwn) {

        static Plan usual() {
            return new Plan(1_000, Duration.ofMillis(60), Map.of(), false);
        }

        Plan with(String name, String value) {
            Map<String, String> more = new HashMap<>(environment);
            more.put(name, value);
            return new Plan(members, mailTakes, more, sinkOfItsOwn);
        }

        Plan with(int mails, Duration each) {
            return new Plan(mails, each, environment, sinkOfItsOwn);
        }

        Plan withSinkOfItsOwn() {
            return new Plan(members, mailTakes, environment, true);
        }
    }

    private Town(Lab lab, Postgres database, Plan plan, Shop shop, Sinks sinks) throws Exception {
        this.lab = lab;
        this.database = database;
        this.plan = plan;
        this.schema = shop.schema(database);
        this.api = new Api(shop.key());
        this.post = sinks.post();
        this.sinks = lab.mine(sinks);
        this.hooks = lab.mine(new HookSink());
        for (int i = 0; i < 2; i++) {
            wires.add(lab.mine(new Wire(database::port)));
            nodes.add(lab.node(database, environment(i), List.of("-Xmx256m")));
        }
    }

    static Town build(Lab lab, Plan plan) throws Exception {
        return build(lab, lab.postgres(), plan);
    }

    static Town build(Lab lab, Postgres database, Plan plan) throws Exception {
        Shop shop = furnished(lab, database, plan);
        Path mails = lab.directory().resolve("mails");
        Town town = new Town(lab, database, plan, shop, Sinks.start(mails, plan));
        town.endpoint =
                town.api
                        .post(
                                town.base(0),
                                "/v1/webhook-endpoints",
                                Map.of(
                                        "url",
                                        town.hooks.url(),
                                        "events",
                                        List.of("purchase.recorded")))
                        .expect(201)
                        .json()
                        .path("id")
                        .asText();
        return town;
    }

    /** Signed up at a node that captures mail, for the link in it is needed. */
    private static Shop furnished(Lab lab, Postgres database, Plan plan) throws Exception {
        try (Node node = lab.node(database, Map.of("TICK", "2s"), List.of("-Xmx256m"));
                Client client = node.client()) {
            Shop shop = Shop.signUp(client, Map.of("time_zone", morning(), "locale", "en"));
            shop.publish(client, program());
            Api api = new Api(shop.key());
            StringBuilder csv =
                    new StringBuilder(
                            "external_id,email,marketing_email,consent_source,consent_at,attr:round\n");
            for (int i = 0; i < Math.max(plan.members(), BUYERS + 2); i++) {
                csv.append(
                        Words.of(
                                "m-%d,m%d@mail%d.example,true,paper form,2026-05-01T00:00:00Z,%d\n",
                                i, i, i % DOMAINS, i / SendSteps.EACH));
            }
            String id =
                    api.csv(node.base(), "/v1/imports?kind=members", csv.toString())
                            .expect(202)
                            .json()
                            .path("id")
                            .asText();
            await(
                    Duration.ofMinutes(1),
                    () -> says(api, node.base(), "/v1/imports/" + id, "\"completed\""));
            for (int i = 0; i < BUYERS; i++) {
                api.post(
                                node.base(),
                                "/v1/members/ext:m-" + i + "/adjustments",
                                Map.of("points", 100, "reason", "to begin with"))
                        .expect(201);
            }
            return shop;
        }
    }

    private static Map<String, Object> program() {
        Map<String, Object> earning =
                Map.of(
                        "key",
                        "spend",
                        "on",
                        "purchase",
                        "points",
                        Map.of("per_amount", 1_000, "award", 1));
        Map<String, Object> limited =
                Map.of(
                        "key",
                        LIMITED,
                        "name",
                        "A cup",
                        "kind",
                        "gift",
                        "cost_points",
                        1,
                        "stock",
                        STOCK);
        return Map.of(
                "name", "Regulars",
                "unit", Map.of("one", "point", "many", "points"),
                "currency", "VND",
                "earning", List.of(earning),
                "rewards", List.of(limited));
    }

    /** A zone in which it is ten in the morning, so that no quiet hour keeps mail back. */
    private static String morning() {
        Instant now = Clock.system().now();
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone ->
                        zone.matches("(America|Asia|Europe|Pacific|Africa|Australia)/[A-Za-z]+"))
                .sorted()
                .filter(zone -> now.atZone(ZoneId.of(zone)).getHour() == 10)
                .findFirst()
                .orElse("UTC");
    }

    private Map<String, String> environment(int node) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_URL", wires.get(node).url(database.owner()));
        environment.put("DATABASE_APP_URL", wires.get(node).url(database.app()));
        environment.put("SMTP_URL", "smtp://127.0.0.1:" + sinks.port(node));
        environment.put("ALLOW_PRIVATE_TARGETS", "true");
        environment.put("RATE_LIMIT", "0");
        environment.put("FIRST_SENDS", "0");
        environment.put("RATE_LIMIT_ADDRESS", "0");
        environment.put("TICK", "2s");
        environment.put("MAIL_LEASE", "20s");
        environment.putAll(plan.environment());
        return environment;
    }

    Lab lab() {
        return lab;
    }

    Postgres database() {
        return database;
    }

    Wire wire(int node) {
        return wires.get(node);
    }

    Node node(int node) {
        return nodes.get(node);
    }

    /** Starts the node again that was stopped or killed. */
    void restart(int node) throws IOException {
        restart(node, Map.of());
    }

    void restart(int node, Map<String, String> more) throws IOException {
        Map<String, String> environment = environment(node);
        environment.putAll(more);
        nodes.set(node, lab.node(database, environment, List.of("-Xmx256m")));
    }

    URI base(int node) {
        return nodes.get(node).base();
    }

    Api api() {
        return api;
    }

    Post post() {
        return post;
    }

    Sinks sinks() {
        return sinks;
    }

    HookSink hooks() {
        return hooks;
    }

    String schema() {
        return schema;
    }

    /** The last mail round. */
    String campaign() {
        return campaign;
    }

    /** The one webhook endpoint. */
    String endpoint() {
        return endpoint;
    }

    /** Has a mail go out to everybody in a moment; answers the campaign. */
    String broadcast(String name) throws IOException {
        return broadcast(name, Map.of());
    }

    String broadcast(String name, Map<String, Object> audience) throws IOException {
        Map<String, Object> block = Map.of("type", "text", "text", "Come and see us.");
        Map<String, Object> campaign = new HashMap<>();
        campaign.put("name", name);
        campaign.put("kind", "broadcast");
        campaign.put(
                "schedule", Map.of("starts_at", Clock.system().now().plusSeconds(10).toString()));
        campaign.put("content", Map.of("en", Map.of("subject", name, "blocks", List.of(block))));
        if (!audience.isEmpty()) {
            campaign.put("audience", audience);
        }
        String id =
                api.post(base(1), "/v1/campaigns", campaign).expect(201).json().path("id").asText();
        api.post(base(1), "/v1/campaigns/" + id + "/activate", Map.of()).expect(200);
        this.campaign = id;
        return id;
    }

    /** The node over which mail leaves just now. */
    int sender() throws IOException {
        int before = sinks.of(0).taken();
        int other = sinks.of(1).taken();
        Pauses.of(Duration.ofMillis(300));
        return sinks.of(0).taken() - before >= sinks.of(1).taken() - other ? 0 : 1;
    }

    int mails(String subject) throws IOException {
        return (int) post.all().stream().filter(mail -> mail.subject().contains(subject)).count();
    }

    /** How many messages of the shop are in one of these states. */
    long messages(String states) throws Exception {
        return Long.parseLong(
                database.ask(
                        "select count(*) from "
                                + schema
                                + ".message where kind = 'broadcast' and state in ("
                                + states
                                + ")"));
    }

    /**
     * @return whether it came true in time
     */
    static boolean await(Duration atMost, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pauses.of(Duration.ofMillis(100));
        }
        return true;
    }

    private static boolean says(Api api, URI base, String path, String what) {
        try {
            return api.get(base, path).text().contains(what);
        } catch (IOException e) {
            return false;
        }
    }
}
