package io.regulars.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Load;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import io.regulars.faults.Finding.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A thousand clients that take their time, and four that do not. */
final class SlowClients implements Fault {

    private static final int EACH_KIND = 334;
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final double SLOWER_AT_MOST = 5;

    @Override
    public String name() {
        return "slow-clients";
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        Shop shop;
        Node node = lab.node(lab.postgres(), Map.of("RATE_LIMIT", "0"), List.of("-Xmx256m"));
        try (var client = node.client()) {
            shop = Shop.signUp(client, Map.of());
        }
        Load.Outcome alone = buy(node, shop);
        double before = node.residentMegabytes();
        List<Socket> slow = new ArrayList<>();
        try {
            open(node, shop, slow);
            Thread dripping = Thread.ofPlatform().daemon().start(() -> drip(slow));
            Load.Outcome among = buy(node, shop);
            double after = node.residentMegabytes();
            long open = slow.stream().filter(SlowClients::isOpen).count();
            dripping.interrupt();
            return finding(
                    alone, among, List.of(before, after, (double) open, (double) slow.size()));
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    private static Finding finding(Load.Outcome alone, Load.Outcome among, List<Double> seen) {
        List<Check> checks =
                List.of(
                        new Check(
                                "the others are all answered",
                                among.others().isEmpty() && among.latencies().getTotalCount() > 0,
                                among.others().isEmpty()
                                        ? among.latencies().getTotalCount()
                                                + " purchases, none refused"
                                        : "by status: " + among.others()),
                        new Check(
                                "and not much later",
                                among.latencies().getTotalCount() > 0
                                        && among.p99Millis() <= SLOWER_AT_MOST * alone.p99Millis(),
                                String.format(
                                        Locale.ROOT,
                                        "p50 %.1f ms and p99 %.1f ms among them, %.1f and %.1f alone",
                                        among.p50Millis(),
                                        among.p99Millis(),
                                        alone.p50Millis(),
                                        alone.p99Millis())));
        return new Finding(
                "a thousand slow clients",
                """
                One node. A third of 1,002 clients sends the lines of a head, a third the body of a purchase, one byte a second each; a third
                asks for the OpenAPI document twenty times over one connection and reads nothing of it. Beside them four connections record
                purchases without a pause, for 10 s, as they did alone before.
                """,
                checks,
                List.of(
                        String.format(
                                Locale.ROOT,
                                "memory of the process: %.0f MB before, %.0f MB among them",
                                seen.get(0),
                                seen.get(1)),
                        Words.of(
                                "%d of %d slow connections were still open in the end",
                                seen.get(2).intValue(), seen.get(3).intValue())));
    }

    private static Load.Outcome buy(Node node, Shop shop) throws IOException {
        AtomicLong numbers = new AtomicLong(System.nanoTime());
        return new Load(4, Duration.ofSeconds(5), MEASURED)
                .run(
                        node.base(),
                        201,
                        (_, _) ->
                                Request.post(
                                                "/v1/purchases",
                                                Map.of(
                                                        "source",
                                                        "till",
                                                        "order_id",
                                                        Long.toString(numbers.incrementAndGet()),
                                                        "amount",
                                                        1_000))
                                        .as(shop.key()));
    }

    private static void open(Node node, Shop shop, List<Socket> slow) throws IOException {
        String key = "Host: localhost\r\nAuthorization: Bearer " + shop.key() + "\r\n";
        String head = "GET /v1/tenant HTTP/1.1\r\n" + key;
        String body =
                "POST /v1/purchases HTTP/1.1\r\n"
                        + key
                        + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"source\": \"";
        String reads =
                ("GET /v1/openapi.json HTTP/1.1\r\nAccept-Encoding: identity\r\n" + key + "\r\n")
                        .repeat(20);
        for (String kind : List.of(head, body, reads)) {
            for (int i = 0; i < EACH_KIND; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4_096);
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()),
                        5_000);
                slow.add(socket);
                socket.getOutputStream().write(kind.getBytes(ISO_8859_1));
            }
        }
    }

    /** One more byte on each connection, every second; those that ask only do not. */
    private static void drip(List<Socket> slow) {
        while (!Thread.currentThread().isInterrupted()) {
            for (int i = 0; i < 2 * EACH_KIND; i++) {
                try {
                    slow.get(i).getOutputStream().write('x');
                } catch (IOException e) {
                    // The service has had enough of it, which it may.
                }
            }
            try {
                Pauses.of(Duration.ofSeconds(1));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
