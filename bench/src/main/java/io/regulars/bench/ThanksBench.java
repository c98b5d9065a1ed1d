package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/** One shop writes to everybody while the customers of another wait for their thank-you. */
final class ThanksBench implements Bench {

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When each address got its mail, by {@link System#nanoTime}. */
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "thanks";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        News news;
        Shop cafe;
        int buyers = lab.sized(300, 30);
        try (Node node = lab.node(database);
                Client client = node.client()) {
            news = News.of(database, News.shop(client), lab.sized(100_000, 5_000));
            cafe = News.shop(client);
            News.of(database, cafe, buyers);
            thankBuyers(client, cafe);
        }
        String schema = cafe.schema(database);
        SmtpSink sink =
                lab.mine(
                        SmtpSink.start((recipient, mail) -> {
                            if (recipient.endsWith("@" + News.domain(schema))) {
                                arrived.putIfAbsent(recipient, System.nanoTime());
                            }
                        }));
        Node node = News.sender(lab, database, sink);
        try (Client client = node.client()) {
            Histogram alone = thanks(client, cafe, schema, 0, buyers / 3);
            long before = sink.taken();
            long from = news.send(client);
            MailBench.await(sink, before + 1, from);
            Histogram beside = thanks(client, cafe, schema, buyers / 3, buyers);
            long meanwhile = sink.taken() - before;
            return Section.of(
                    "thank-you mails beside a broadcast",
                    String.format(
                            Locale.ROOT,
                            "A broadcast to %,d members of one shop; meanwhile, every %d ms somebody buys in another shop, which thanks"
                                    + " its buyers by mail. From the answer to `POST /v1/purchases` to the mail taken by the relay."
                                    + " %,d mails of the broadcast left beside the %d that were timed.",
                            news.members(),
                            BETWEEN.toMillis(),
                            meanwhile,
                            beside.getTotalCount()),
                    List.of(
                            Figure.of("p50", "s", beside.getValueAtPercentile(50) / 1e6)
                                    .against(
                                            "without the broadcast",
                                            Series.of(alone.getValueAtPercentile(50) / 1e6)),
                            Figure.of("p99", "s", beside.getValueAtPercentile(99) / 1e6)
                                    .reach(Goal.atMost(2)),
                            Figure.of("the longest", "s", beside.getMaxValue() / 1e6)));
        }
    }

    private static void thankBuyers(Client client, Shop cafe) throws IOException {
        String id =
                client.send(
                                Request.post(
                                                "/v1/campaigns",
                                                Map.of(
                                                        "name", "Thanks",
                                                        "kind", "thank_you",
                                                        "schedule", Map.of()))
                                        .as(cafe.key()))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        client.send(Request.post("/v1/campaigns/" + id + "/activate").as(cafe.key())).expect(200);
    }

    private Histogram thanks(Client client, Shop cafe, String schema, int first, int end)
            throws IOException {
        Histogram micros = new Histogram(3);
        Map<String, Long> bought = new HashMap<>();
        for (int i = first + 1; i <= end; i++) {
            String buyer = "m" + i + "@" + News.domain(schema);
            Map<String, Object> purchase =
                    Map.of(
                            "source",
                            "bench",
                            "order_id",
                            "thanks-" + i,
                            "member",
                            Map.of("email", buyer),
                            "amount",
                            50_000,
                            "lines",
                            List.of(
                                    Map.of(
                                            "sku", "TEA",
                                            "quantity", 1,
                                            "amount", 50_000)));
            client.send(Request.post("/v1/purchases", purchase).as(cafe.key())).expect(201);
            bought.put(buyer, System.nanoTime());
            Pauses.of(BETWEEN);
        }
        for (Map.Entry<String, Long> one : bought.entrySet()) {
            micros.recordValue(Math.max(0, arrival(one.getKey()) - one.getValue()) / 1_000);
        }
        return micros;
    }

    private long arrival(String buyer) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Long at = arrived.get(buyer);
            if (at != null) {
                return at;
            }
            Pauses.of(Duration.ofMillis(20));
        }
        throw new IOException("no mail for " + buyer + " within " + PATIENCE);
    }
}
