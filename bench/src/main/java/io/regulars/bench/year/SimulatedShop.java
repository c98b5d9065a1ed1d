package io.regulars.bench.year;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import io.regulars.demo.Buyer;
import io.regulars.demo.Order;
import io.regulars.testing.Expected.Person;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One shop: brings its past in by import, signs newcomers up and books purchases as the year goes
 * on, and can say of each member what it has told the service.
 */
final class SimulatedShop {

    /** Where all members have their addresses. */
    static final String MEMBERS_AT = "@example.com";

    private static final Duration IMPORTED_WITHIN = Duration.ofMinutes(2);

    private static final List<Map<String, Object>> REWARDS =
            List.of(
                    Map.of("key", "birthday_treat", "name", "A fifth off", "kind", "percent_off"),
                    Map.of(
                            "key",
                            "anniversary_treat",
                            "name",
                            "A tenth off",
                            "kind",
                            "percent_off"),
                    Map.of("key", "come_back", "name", "A fifth off", "kind", "percent_off"));

    private final Shop shop;
    private final Neighbourhood.Plan plan;
    private final Instant start;

    /** What happens in each round of the till: who is new, who buys. */
    private final Map<Instant, Round> rounds = new TreeMap<>();

    private final List<Buyer> known = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();

    private record Round(List<Buyer> newcomers, List<Order> orders) {}

    private SimulatedShop(Shop shop, Neighbourhood.Plan plan, Instant start, Duration step) {
        this.shop = shop;
        this.plan = plan;
        this.start = start;
        for (Buyer buyer : plan.buyers()) {
            Instant joined = Neighbourhood.heard(buyer.joinedAt(), start, step);
            List<Instant> purchases = new ArrayList<>();
            for (Order order : orders(buyer)) {
                Instant heard = Neighbourhood.heard(order.purchasedAt(), start, step);
                boolean isPast = heard.equals(start);
                purchases.add(isPast ? order.purchasedAt() : heard);
                if (!isPast) {
                    round(heard).orders().add(order);
                }
            }
            if (joined.equals(start)) {
                known.add(buyer);
            } else {
                round(joined).newcomers().add(buyer);
            }
            people.add(
                    new Person(
                            address(buyer),
                            birth(buyer),
                            joined.equals(start) ? buyer.joinedAt() : joined,
                            plan.zones().get(buyer.externalId()),
                            buyer.email() != null && buyer.consents(),
                            purchases));
        }
    }

    private Round round(Instant heard) {
        return rounds.computeIfAbsent(heard, _ -> new Round(new ArrayList<>(), new ArrayList<>()));
    }

    /** Signs the shop up and brings in what happened before {@code start}. */
    static SimulatedShop open(Client client, Neighbourhood.Plan plan, Instant start, Duration step)
            throws IOException {
        Neighbourhood.Place place = plan.place();
        Shop shop =
                Shop.signUp(
                        client,
                        Map.of(
                                "country", place.country(),
                                "currency", place.currency(),
                                "time_zone", place.zone(),
                                "locale", place.country().equals("VN") ? "vi" : "en"));
        SimulatedShop simulated = new SimulatedShop(shop, plan, start, step);
        shop.publish(client, simulated.program());
        simulated.bring(client, "members", simulated.membersCsv());
        simulated.bring(client, "purchases", simulated.purchasesCsv());
        return simulated;
    }

    Neighbourhood.Place place() {
        return plan.place();
    }

    Shop shop() {
        return shop;
    }

    List<Person> people() {
        return people;
    }

    long purchases() {
        return rounds.values().stream().mapToLong(round -> round.orders().size()).sum();
    }

    /** The rounds in which something happens here. */
    boolean isBusy(Instant round) {
        return rounds.containsKey(round);
    }

    /** Newcomers first: they join with what they buy. */
    void trade(Client client, Instant at) throws IOException {
        Round round = Objects.requireNonNull(rounds.get(at));
        for (Buyer buyer : round.newcomers()) {
            client.send(Request.post("/v1/members", member(buyer)).as(shop.key())).expect(201);
        }
        if (round.orders().isEmpty()) {
            return;
        }
        List<Map<String, Object>> purchases =
                round.orders().stream().map(SimulatedShop::purchase).toList();
        JsonNode answer =
                client.send(
                                Request.post("/v1/purchases/batch", Map.of("purchases", purchases))
                                        .as(shop.key()))
                        .expect(200)
                        .json();
        for (JsonNode one : answer.path("results")) {
            if (one.path("status").asInt() != 201) {
                throw new IOException(plan.name() + " refused: " + one);
            }
        }
    }

    void run(Client client, String kind, Map<String, Object> schedule, @Nullable String reward)
            throws IOException {
        Map<String, Object> campaign = new HashMap<>();
        campaign.put("name", kind);
        campaign.put("kind", kind);
        campaign.put("schedule", schedule);
        if (reward != null) {
            campaign.put("offer", Map.of("reward", reward));
        }
        String id =
                client.send(Request.post("/v1/campaigns", campaign).as(shop.key()))
                        .expect(201)
                        .json()
                        .path("id")
                        .asText();
        client.send(Request.post("/v1/campaigns/" + id + "/activate").as(shop.key())).expect(200);
    }

    private Map<String, Object> program() {
        List<Map<String, Object>> rewards = new ArrayList<>();
        for (Map<String, Object> reward : REWARDS) {
            Map<String, Object> one = new HashMap<>(reward);
            one.put("percent", 20);
            one.put("valid_days", 30);
            rewards.add(one);
        }
        return Map.of(
                "name",
                "Regulars",
                "unit",
                Map.of("one", "point", "many", "points"),
                "currency",
                plan.place().currency(),
                "earning",
                List.of(
                        Map.of(
                                "key",
                                "spend",
                                "on",
                                "purchase",
                                "points",
                                Map.of("per_amount", 1_000, "award", 1))),
                "rewards",
                rewards);
    }

    private List<Order> orders(Buyer buyer) {
        return plan.orders().getOrDefault(buyer.externalId(), List.of());
    }

    private String address(Buyer buyer) {
        return plan.name() + "-" + buyer.externalId().toLowerCase(Locale.ROOT) + MEMBERS_AT;
    }

    private static @Nullable String birth(Buyer buyer) {
        return buyer.birth() == null ? null : buyer.birth().toString();
    }

    private Map<String, Object> member(Buyer buyer) {
        Map<String, Object> member = new HashMap<>();
        member.put("external_id", buyer.externalId());
        member.put("name", buyer.name());
        member.put("locale", buyer.locale());
        if (buyer.email() != null) {
            member.put("email", address(buyer));
        }
        if (buyer.birth() != null) {
            member.put("birth_date", buyer.birth().toString());
        }
        String zone = plan.zones().get(buyer.externalId());
        if (zone != null) {
            member.put("time_zone", zone);
        }
        Buyer.Consent consent = buyer.consent();
        if (consent != null) {
            member.put(
                    "consents",
                    List.of(
                            Map.of(
                                    "purpose", "marketing_email",
                                    "granted", consent.granted(),
                                    "source", consent.source())));
        }
        return member;
    }

    private static Map<String, Object> purchase(Order order) {
        return Map.of(
                "source", "pos",
                "order_id", order.orderId(),
                "member", Map.of("external_id", order.memberExternalId()),
                "amount", order.amount());
    }

    private String membersCsv() {
        StringBuilder csv =
                new StringBuilder(
                        "external_id,email,name,birth_date,joined_at,locale,time_zone,marketing_email,consent_source,consent_at\n");
        for (Buyer buyer : known) {
            Buyer.Consent consent = buyer.consent();
            csv.append(
                            String.join(
                                    ",",
                                    buyer.externalId(),
                                    buyer.email() == null ? "" : address(buyer),
                                    buyer.name(),
                                    Objects.requireNonNullElse(birth(buyer), ""),
                                    buyer.joinedAt().toString(),
                                    buyer.locale(),
                                    plan.zones().getOrDefault(buyer.externalId(), ""),
                                    consent == null
                                            ? ",,"
                                            : consent.granted()
                                                    + ","
                                                    + consent.source()
                                                    + ","
                                                    + consent.at()))
                    .append('\n');
        }
        return csv.toString();
    }

    private String purchasesCsv() {
        StringBuilder csv =
                new StringBuilder("source,order_id,member_external_id,purchased_at,amount\n");
        for (Buyer buyer : known) {
            for (Order order : orders(buyer)) {
                if (!order.purchasedAt().isAfter(start)) {
                    csv.append(
                                    String.join(
                                            ",",
                                            "pos",
                                            order.orderId(),
                                            buyer.externalId(),
                                            order.purchasedAt().toString(),
                                            Long.toString(order.amount())))
                            .append('\n');
                }
            }
        }
        return csv.toString();
    }

    private void bring(Client client, String kind, String csv) throws IOException {
        String path = "/v1/imports?kind=" + kind;
        Request request = new Request("POST", path, shop.key(), "text/csv", csv.getBytes(UTF_8));
        String id = client.send(request).expect(202).json().path("id").asText();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < IMPORTED_WITHIN.toNanos()) {
            JsonNode job =
                    client.send(Request.get("/v1/imports/" + id).as(shop.key())).expect(200).json();
            if (job.path("status").asText().equals("completed")) {
                if (job.path("failed").asInt() > 0) {
                    throw new IOException("not everything was taken: " + job);
                }
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new IOException("the import of " + kind + " does not end");
    }
}
