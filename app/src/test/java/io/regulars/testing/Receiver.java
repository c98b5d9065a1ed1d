package io.regulars.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Somebody's HTTP server on this machine that takes webhooks, well or badly. */
public final class Receiver implements AutoCloseable {

    /** What it does with a request. */
    @FunctionalInterface
    public interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that came, whatever was answered. */
    public record Got(Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElseThrow();
        }

        public String id() {
            return header("webhook-id");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Got, Manner> manner = any -> says(204, "");

    public Receiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hook");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on it does this. */
    public Receiver which(Manner next) {
        manner = any -> next;
        return this;
    }

    /** From now on it does this, as the request may be. */
    public Receiver whichDepends(Function<Got, Manner> next) {
        manner = next;
        return this;
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    public static Manner says(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public static Manner redirects(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    public Manner takes(long millis) {
        return exchange -> {
            pause(millis);
            exchange.sendResponseHeaders(204, -1);
        };
    }

    /** Never says anything. */
    public Manner hangs() {
        return exchange -> {
            try {
                if (!closed.await(60, TimeUnit.SECONDS)) {
                    exchange.sendResponseHeaders(204, -1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Never stops saying something. */
    public static Manner answersEndlessly() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = exchange.getResponseBody()) {
                // A gigabyte; the connection is cut long before.
                for (int i = 0; i < 131_072; i++) {
                    out.write(much);
                }
            }
        };
    }

    /** One byte now and then, so that no time-out between two of them helps. */
    public Manner trickles() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 600 && closed.getCount() > 0; i++) {
                    out.write('x');
                    out.flush();
                    pause(100);
                }
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Got request = new Got(Map.copyOf(exchange.getRequestHeaders()), body);
            got.add(request);
            manner.apply(request).answer(exchange);
        } catch (IOException e) {
            // The caller has hung up, which is what some tests are about.
        }
    }

    /** So long, or until this is closed. */
    private void pause(long millis) {
        try {
            boolean _ = closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
