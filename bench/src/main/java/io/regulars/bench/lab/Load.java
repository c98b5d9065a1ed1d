package io.regulars.bench.lab;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * N connections that send the next request as soon as the last one is answered.
 *
 * @param warmUp how long before the counting begins
 */
public record Load(int connections, Duration warmUp, Duration measured) {

    /** What is asked next; called by one thread for each connection. */
    @FunctionalInterface
    public interface Traffic {
        Request next(int connection, long n);
    }

    /**
     * What was seen while it was counted.
     *
     * @param latencies in microseconds, of the answers that were wanted
     * @param others how many answers had another status; connections that broke count as 0
     */
    public record Outcome(double seconds, Histogram latencies, Map<Integer, Long> others) {

        public double perSecond() {
            return latencies.getTotalCount() / seconds;
        }

        public double p50Millis() {
            return latencies.getValueAtPercentile(50) / 1e3;
        }

        public double p99Millis() {
            return latencies.getValueAtPercentile(99) / 1e3;
        }

        /** For measurements that mean nothing when something is refused. */
        public Outcome allWell() throws IOException {
            if (!others.isEmpty()) {
                throw new IOException("answers that were not wanted, by status: " + others);
            }
            return this;
        }
    }

    /**
     * @param wanted the status that counts
     */
    public Outcome run(URI base, int wanted, Traffic traffic) throws IOException {
        long from = System.nanoTime() + warmUp.toNanos();
        long to = from + measured.toNanos();
        List<Future<Outcome>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                int connection = i;
                workers.add(
                        threads.submit(() -> work(base, wanted, connection, traffic, from, to)));
            }
        }
        Histogram all = histogram();
        Map<Integer, Long> others = new TreeMap<>();
        for (Future<Outcome> worker : workers) {
            Outcome one = result(worker);
            all.add(one.latencies());
            one.others().forEach((status, n) -> others.merge(status, n, Long::sum));
        }
        return new Outcome(measured.toNanos() / 1e9, all, others);
    }

    private static Outcome work(
            URI base, int wanted, int connection, Traffic traffic, long from, long to) {
        Histogram latencies = histogram();
        Map<Integer, Long> others = new TreeMap<>();
        try (Client client = new Client(base)) {
            long sent = System.nanoTime();
            for (long n = 0; sent < to; n++) {
                int status = send(client, traffic.next(connection, n));
                long answered = System.nanoTime();
                if (answered >= from && answered < to) {
                    if (status == wanted) {
                        latencies.recordValue((answered - sent) / 1_000);
                    } else {
                        others.merge(status, 1L, Long::sum);
                    }
                }
                sent = answered;
            }
        }
        return new Outcome((to - from) / 1e9, latencies, others);
    }

    private static int send(Client client, Request request) {
        try {
            return client.send(request).status();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Outcome result(Future<Outcome> worker) throws IOException {
        try {
            return worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static Histogram histogram() {
        return new Histogram(3);
    }
}
