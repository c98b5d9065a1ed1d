package io.regulars.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Takes webhooks, and counts under which id how often; or answers 500 on order. */
final class HookSink implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private volatile boolean fails;

    HookSink() throws IOException {
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    void fail(boolean now) {
        fails = now;
    }

    int distinct() {
        return taken.size();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!fails) {
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                taken.merge(id == null ? "" : id, 1, Integer::sum);
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
