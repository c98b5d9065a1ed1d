package io.regulars.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Buys something small at one node, again and again, and notes when that works and when not. */
final class Pulse implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(100);

    /** Longer is as good as no answer to somebody who waits at a till. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Town town;
    private final int node;
    private final Shoppers shoppers;
    private final Thread thread;
    private long firstFailure;
    private long lastFailure;
    private long lastSuccess;
    private int failures;
    private volatile boolean closed;

    Pulse(Town town, int node, Shoppers shoppers) {
        this.town = town;
        this.node = node;
        this.shoppers = shoppers;
        this.thread = Thread.ofPlatform().daemon().start(this::beat);
    }

    /** Forgets what was. */
    synchronized void reset() {
        firstFailure = 0;
        lastFailure = 0;
        failures = 0;
    }

    /** Whether it has answered for that long without a failure. */
    synchronized boolean isWell(Duration since) {
        long now = System.nanoTime();
        return now - lastFailure > since.toNanos()
                && now - lastSuccess < Duration.ofSeconds(3).toNanos();
    }

    synchronized int failures() {
        return failures;
    }

    /** From the first failure to the last since the reset; empty if there was none. */
    synchronized Optional<Duration> away() {
        return failures == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(lastFailure - firstFailure));
    }

    /** How long after that moment the last failure was; zero if there was none after it. */
    synchronized Duration backAfter(long moment) {
        return failures == 0 || lastFailure < moment
                ? Duration.ZERO
                : Duration.ofNanos(lastFailure - moment);
    }

    private void beat() {
        for (int n = 0; !closed; n++) {
            String order = "p" + node + "-" + n + "-" + System.nanoTime();
            shoppers.sent(order);
            long start = System.nanoTime();
            boolean done = false;
            try {
                Map<String, Object> purchase = shoppers.purchase(order, 100 + node, 1_000);
                Api.Answer answer =
                        town.api()
                                .post(town.base(node), "/v1/purchases", purchase, order, PATIENCE);
                done = answer.status() == 201;
            } catch (IOException e) {
                // The failure is noted below.
            }
            note(done, start);
            if (done) {
                shoppers.answered(order, 1_000);
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private synchronized void note(boolean done, long start) {
        long now = System.nanoTime();
        if (done) {
            lastSuccess = now;
        } else {
            firstFailure = failures++ == 0 ? start : firstFailure;
            lastFailure = now;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE.plusSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
