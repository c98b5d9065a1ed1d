package io.regulars.platform.background;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a round of work at start, whenever it is woken, and after each pause. A round that fails
 * stops nothing.
 */
public final class WokenLoop implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(WokenLoop.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final Runnable round;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean stopped;
    private @Nullable Thread thread;

    public WokenLoop(String name, Duration pause, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    /** Has the next round begin now; while one runs, another follows it. Never blocks. */
    public void wake() {
        woken.release();
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name(name).start(this::loop);
    }

    @Override
    public synchronized void stop() throws InterruptedException {
        stopped = true;
        wake();
        if (thread != null) {
            thread.join(GRACE);
        }
    }

    private void loop() {
        while (!stopped) {
            try {
                round.run();
                woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("{} failed and will be tried again", name, e);
                LockSupport.parkNanos(Math.min(pause.toNanos(), Duration.ofSeconds(1).toNanos()));
            }
        }
    }
}
