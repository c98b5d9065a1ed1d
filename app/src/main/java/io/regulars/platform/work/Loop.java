package io.regulars.platform.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again in a thread of its own: at intervals, and at once when woken. */
final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Semaphore wakes = new Semaphore(0);
    private final Duration every;
    private final Runnable action;
    private final Thread thread;
    private volatile boolean closed;

    private Loop(String name, Duration every, Runnable action) {
        this.every = every;
        this.action = action;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    static Loop start(String name, Duration every, Runnable action) {
        Loop loop = new Loop(name, every, action);
        loop.thread.start();
        return loop;
    }

    void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    /** Ends after the run that may be going on; an interrupt would tear its database connection. */
    @Override
    public void close() {
        closed = true;
        wakes.release();
        try {
            thread.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("{} failed, tries again: {}", thread.getName(), e.toString());
            }
            try {
                if (wakes.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
