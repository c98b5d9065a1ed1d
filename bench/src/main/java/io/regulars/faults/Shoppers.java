package io.regulars.faults;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady trickle of purchases and redemptions. Each shopper is a good client: the same request
 * under the same key, at the one node and then at the other, until there is an answer.
 */
final class Shoppers implements AutoCloseable {

    private static final int TILLS = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration END_WITHIN = Duration.ofSeconds(60);

    private final Town town;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Pulse> pulses;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Set<String> redeemed = ConcurrentHashMap.newKeySet();
    private final Set<String> strange = ConcurrentHashMap.newKeySet();
    private final AtomicInteger soldOut = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean closing;

    Shoppers(Town town) {
        this.town = town;
        for (int i = 0; i < TILLS; i++) {
            int till = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> buyOnAndOn(till)));
        }
        for (int i = 0; i < 2; i++) {
            int node = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> redeemOnAndOn(node)));
        }
        this.pulses = List.of(new Pulse(town, 0, this), new Pulse(town, 1, this));
    }

    /** How the node has answered, second by second. */
    Pulse pulse(int node) {
        return pulses.get(node);
    }

    /** Amounts by order id of the purchases that were answered. */
    Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Orders that were sent and never answered. */
    Set<String> unanswered() {
        return Set.copyOf(open);
    }

    /** Ids of the redemptions that were answered. */
    Set<String> redeemed() {
        return Set.copyOf(redeemed);
    }

    /** Answers that no fault explains. */
    Set<String> strange() {
        return Set.copyOf(strange);
    }

    int soldOut() {
        return soldOut.get();
    }

    int retries() {
        return retries.get();
    }

    Duration longestWait() {
        return Duration.ofNanos(longest.get());
    }

    Map<String, Object> purchase(String order, int member, long amount) {
        return Map.of(
                "source",
                "till",
                "order_id",
                order,
                "member",
                Map.of("external_id", "m-" + member),
                "amount",
                amount);
    }

    /** For the pulse: notes what it sent, and later that it was answered. */
    void sent(String order) {
        open.add(order);
    }

    void answered(String order, long amount) {
        acknowledged.put(order, amount);
        open.remove(order);
    }

    private void buyOnAndOn(int till) {
        for (int n = 0; !closing; n++) {
            String order = "t" + till + "-" + numbers.incrementAndGet();
            long amount = 1_000L + n % 50 * 1_000L;
            sent(order);
            Map<String, Object> purchase = purchase(order, (till * 37 + n) % Town.BUYERS, amount);
            if (insist("/v1/purchases", purchase, order, till + n).isDone()) {
                answered(order, amount);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void redeemOnAndOn(int first) {
        for (int n = 0; !closing; n++) {
            Map<String, Object> redemption =
                    Map.of(
                            "member",
                            Map.of("external_id", "m-" + (first * 50 + n % 50)),
                            "reward",
                            Town.LIMITED);
            Outcome outcome =
                    insist("/v1/redemptions", redemption, "r" + first + "-" + n, first + n);
            if (outcome.isDone()) {
                redeemed.add(outcome.id());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What became of it in the end: the id of what was made, or empty. */
    private record Outcome(String id) {
        boolean isDone() {
            return !id.isEmpty();
        }
    }

    private Outcome insist(String path, Map<String, ?> body, String key, int firstNode) {
        long start = System.nanoTime();
        long closed = 0;
        for (int attempt = 0; ; attempt++) {
            try {
                URI base = town.base((firstNode + attempt) % 2);
                Api.Answer answer = town.api().post(base, path, body, key, PATIENCE);
                if (answer.status() == 200 || answer.status() == 201) {
                    long took = System.nanoTime() - start;
                    longest.accumulateAndGet(took, Math::max);
                    return new Outcome(answer.json().path("id").asText());
                }
                if (answer.text().contains("sold_out")) {
                    soldOut.incrementAndGet();
                    return new Outcome("");
                }
                if (answer.status() != 503 && answer.status() != 429 && answer.status() != 409) {
                    strange.add(answer.status() + " " + path + " " + answer.text());
                    return new Outcome("");
                }
            } catch (IOException e) {
                // No answer: whether it was done is unknown, so it is asked again.
            }
            retries.incrementAndGet();
            if (closing && closed == 0) {
                closed = System.nanoTime();
            }
            if (closed != 0 && System.nanoTime() - closed > END_WITHIN.toNanos()) {
                return new Outcome("");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Lets everybody get the last answer. */
    @Override
    public void close() {
        closing = true;
        pulses.forEach(Pulse::close);
        for (Thread thread : threads) {
            try {
                thread.join(END_WITHIN.plus(PATIENCE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
