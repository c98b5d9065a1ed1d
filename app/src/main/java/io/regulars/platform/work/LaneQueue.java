package io.regulars.platform.work;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Works one queue on this node. Claims as many lanes as it has free workers, longest unserved
 * first; each is served one slice in a thread of its own and goes to the end of the line.
 */
final class LaneQueue {

    private static final Logger LOG = LoggerFactory.getLogger(LaneQueue.class);

    private final LaneWork work;
    private final int workers;
    private final Semaphore slots;
    private final Semaphore wakes = new Semaphore(0);
    private final ControlDb control;
    private final Leases leases;
    private final Sides directory;
    private final TenantTime time;
    private final Runnable onServed;
    private final Timer served;
    private final Meter failed;
    private final Meter lost;
    private volatile boolean stopped;

    LaneQueue(LaneWork work, int workers, LaneWorkers.Tools tools, Runnable onServed) {
        this.work = work;
        this.workers = workers;
        this.slots = new Semaphore(workers);
        this.control = tools.control();
        this.leases = tools.leases();
        this.directory = tools.directory();
        this.time = tools.time();
        this.onServed = onServed;
        this.served = tools.metrics().timer(MetricRegistry.name("lanes", work.queue(), "served"));
        this.failed = tools.metrics().meter(MetricRegistry.name("lanes", work.queue(), "failed"));
        this.lost = tools.metrics().meter(MetricRegistry.name("lanes", work.queue(), "lost"));
    }

    void start() {
        Thread.ofVirtual().name("lanes-" + work.queue()).start(this::run);
    }

    void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    /** No new slices from here on. */
    void stop() {
        stopped = true;
        wakes.release();
    }

    /** Waits for the slices that are being served; false: some are not done yet. */
    boolean awaitEnd(Duration atMost) {
        try {
            if (!slots.tryAcquire(workers, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            slots.release(workers);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (!stopped) {
            slots.acquireUninterruptibly();
            int free = 1 + slots.drainPermits();
            List<Claim> claims = stopped ? List.of() : claim(free);
            slots.release(free - claims.size());
            claims.forEach(this::start);
            if (claims.size() < free && !stopped) {
                // Nothing more in line. Whatever comes into line from now on wakes us.
                wakes.acquireUninterruptibly();
                wakes.drainPermits();
            }
        }
    }

    private List<Claim> claim(int limit) {
        UUID token = TypeIds.next();
        try {
            List<Claim> claims =
                    control.inTransaction(handle ->
                            new LaneDao(handle).claim(work.queue(), limit, token, leases.lease()));
            leases.hold(claims);
            return claims;
        } catch (RuntimeException e) {
            LOG.warn("lanes of {} could not be claimed: {}", work.queue(), e.toString());
            return List.of();
        }
    }

    private void start(Claim claim) {
        Thread.ofVirtual()
                .name("lane-" + work.queue() + "-" + claim.lane().tenant())
                .start(() -> serveAndFree(claim));
    }

    private void serveAndFree(Claim claim) {
        try (var _ = MDC.putCloseable("tenant", claim.lane().tenant().toString());
                var _ = MDC.putCloseable("queue", work.queue())) {
            serve(claim);
        } catch (RuntimeException e) {
            // The lease is not renewed any more, so the lane comes back when it ends.
            LOG.error("a lane could not be put back", e);
        } finally {
            leases.letGo(claim);
            slots.release();
            onServed.run();
        }
    }

    private void serve(Claim claim) {
        Optional<TenantRef> tenant;
        Optional<Instant> next = Optional.empty();
        try (Timer.Context _ = served.time()) {
            tenant = directory.find(claim.lane().tenant(), claim.lane().side());
            if (tenant.isPresent()) {
                next = time.onServiceClock(tenant.get(), work.serve(tenant.get()));
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            fail(claim, e);
            return;
        }
        if (tenant.isEmpty()) {
            control.run(handle -> new LaneDao(handle).drop(claim));
        } else {
            putBack(claim, next);
        }
    }

    private void putBack(Claim claim, Optional<Instant> next) {
        Optional<Boolean> inLine =
                control.inTransaction(
                        handle -> new LaneDao(handle).putBack(claim, next, time.clock().now()));
        if (inLine.isEmpty()) {
            lost.mark();
            LOG.warn("the lease of this lane was lost while it was served");
        } else if (inLine.get()) {
            wake();
        }
    }

    private void fail(Claim claim, Throwable error) {
        failed.mark();
        int failures = claim.failures() + 1;
        Duration rest = Backoff.after(failures, claim.lane());
        if (failures < Backoff.DEAD_AFTER) {
            LOG.warn("slice failed ({} in a row), again in {}", failures, rest, error);
        } else {
            LOG.error("lane is dead after {} failures, again in {}", failures, rest, error);
        }
        Instant retryAt = time.clock().now().plus(rest);
        boolean held =
                control.inTransaction(
                        handle -> new LaneDao(handle).fail(claim, retryAt, describe(error)));
        if (!held) {
            lost.mark();
        }
    }

    /**
     * What failed and where in our code, without the message: that may quote a member's data, which
     * the control schema never holds.
     */
    static String describe(Throwable error) {
        String name = error.getClass().getName();
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith("io.regulars.")) {
                return name + " at " + frame.getClassName() + ":" + frame.getLineNumber();
            }
        }
        return name;
    }
}
