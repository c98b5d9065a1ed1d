package io.regulars.platform.work;

import com.codahale.metrics.CachedGauge;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's share of the work in all lanes. A note wakes its own workers at once; what other
 * nodes noted, and what becomes due by time, is seen within a quarter of a second. Each claim is
 * served one slice, so a tenant with endless work waits, between two of its slices, for every other
 * tenant that has some.
 */
public final class LaneWorkers implements Lanes, Managed, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneWorkers.class);
    private static final Duration SETTLING = Duration.ofMillis(20);

    private final LaneSettings settings;
    private final Tools tools;
    private final Notes notes;
    private final Signal served = new Signal();
    private final Map<String, LaneQueue> queues = new LinkedHashMap<>();
    private final List<LaneWork> works = new ArrayList<>();
    private volatile Optional<Loops> loops = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean closed;

    public LaneWorkers(
            ControlDb control,
            Sides directory,
            TenantTime time,
            MetricRegistry metrics,
            LaneSettings settings,
            Together together) {
        this.settings = settings;
        this.tools =
                new Tools(
                        control,
                        directory,
                        time,
                        metrics,
                        new Leases(control, settings.lease()),
                        together);
        this.notes = new Notes(control, time.clock());
        metrics.gauge("lanes.dead", () -> new DeadLanes(control));
    }

    /**
     * Adds a queue; before the start only.
     *
     * @param workers how many tenants this node serves at once in it
     */
    public void register(LaneWork work, int workers) {
        if (loops.isPresent() || queues.containsKey(work.queue())) {
            throw new IllegalStateException("too late or twice: " + work.queue());
        }
        works.add(work);
        queues.put(work.queue(), new LaneQueue(work, workers, tools, served::happened));
    }

    @Override
    public void start() {
        Duration third = settings.lease().dividedBy(3);
        queues.values().forEach(LaneQueue::start);
        loops =
                Optional.of(
                        new Loops(
                                Loop.start("lanes-notes", settings.poll(), this::flush),
                                Loop.start("lanes-pulse", settings.poll(), this::pulse),
                                Loop.start("lanes-leases", third, tools.leases()::renew)));
    }

    /** Lets the running slices end, and with them their leases; takes no new ones. */
    @Override
    public void stop() {
        stopped = true;
        queues.values().forEach(LaneQueue::stop);
        loops.ifPresent(running -> running.pulse().close());
        long deadline = System.nanoTime() + settings.stopWait().toNanos();
        for (Map.Entry<String, LaneQueue> queue : queues.entrySet()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!queue.getValue().awaitEnd(left)) {
                LOG.warn("{} is still being served; its leases will expire", queue.getKey());
            }
        }
        loops.ifPresent(running -> running.notes().close());
        loops.ifPresent(running -> running.leases().close());
        closed = true;
        flushQuietly();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public void note(String queue, TenantRef tenant) {
        // The last slices of a stopping node still note what follows from them.
        if (!closed) {
            notes.add(LaneKey.of(queue, tenant));
            loops.ifPresent(running -> running.notes().wake());
        }
    }

    /**
     * Takes all lanes of this tenant for the calling thread, which then does the work itself; waits
     * for slices of it that are being served.
     */
    public HeldLanes hold(TenantRef tenant) {
        return HeldLanes.take(
                tenant, works, tools, served, () -> queues.values().forEach(LaneQueue::wake));
    }

    /**
     * Finds work that a crash kept from being noted, of all tenants; a housekeeping job calls it.
     *
     * @return how many lanes had not known of their work
     */
    public int sweep() {
        return new Sweeper(works, tools, () -> stopped).sweep();
    }

    /** Gives dead lanes another try at once, when the reason of their failures is gone. */
    public int revive() {
        Instant now = tools.time().clock().now();
        return tools.control()
                .inTransaction(handle -> new DeadLaneDao(handle).revive(Backoff.DEAD_AFTER, now));
    }

    /**
     * Waits until this node, working as always, has nothing left that is due.
     *
     * @return whether that came to pass in time
     */
    public boolean settle(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            long seen = served.count();
            // What is served notes what follows from it before its lane is put back: with no note
            // since this one was taken and no lane at work, there is nothing on its way.
            long noted = notes.added();
            flush();
            pulse();
            Instant now = tools.time().clock().now();
            boolean idle =
                    tools.control()
                            .inTransaction(
                                    handle -> new LaneDao(handle).isIdle(queues.keySet(), now));
            if (idle && notes.added() == noted) {
                return true;
            }
            served.awaitAfter(seen, SETTLING);
        }
        return false;
    }

    private void flush() {
        List<LaneKey> written = notes.flush();
        while (!written.isEmpty()) {
            written.stream().map(LaneKey::queue).distinct().forEach(this::wake);
            written = notes.flush();
        }
    }

    private void flushQuietly() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warn("last notes were not written; the sweeper finds them: {}", e.toString());
        }
    }

    private void pulse() {
        Instant now = tools.time().clock().now();
        List<String> inLine =
                tools.control()
                        .inTransaction(handle -> {
                            LaneDao dao = new LaneDao(handle);
                            reap(dao, now);
                            dao.promote(now);
                            return dao.inLine(queues.keySet());
                        });
        inLine.forEach(this::wake);
    }

    private void reap(LaneDao dao, Instant now) {
        List<LaneKey> reaped = dao.reap(now, Backoff.LONGEST);
        if (!reaped.isEmpty()) {
            tools.metrics().meter("lanes.reaped").mark(reaped.size());
            LOG.warn("took over {} lanes from a node that went silent", reaped.size());
            reaped.forEach(this::lookEverywhere);
        }
    }

    /** What that node had done but not noted yet may be work for any queue of the same shop. */
    private void lookEverywhere(LaneKey lane) {
        queues.keySet().forEach(queue -> notes.add(new LaneKey(queue, lane.tenant(), lane.side())));
        loops.ifPresent(running -> running.notes().wake());
    }

    private void wake(String queue) {
        LaneQueue here = queues.get(queue);
        if (here != null) {
            here.wake();
        }
    }

    /** What everyone here works with. */
    record Tools(
            ControlDb control,
            Sides directory,
            TenantTime time,
            MetricRegistry metrics,
            Leases leases,
            Together together) {}

    /** Lets several questions to one tenant share a transaction. */
    @FunctionalInterface
    public interface Together {

        void ask(TenantRef tenant, Runnable questions);
    }

    private record Loops(Loop notes, Loop pulse, Loop leases) {}

    /** Counted in the database, once a minute at most, whoever asks. */
    private static final class DeadLanes extends CachedGauge<Long> {

        private final ControlDb control;

        DeadLanes(ControlDb control) {
            super(1, TimeUnit.MINUTES);
            this.control = control;
        }

        @Override
        protected Long loadValue() {
            return control.inTransaction(
                    handle -> new DeadLaneDao(handle).countFailing(Backoff.DEAD_AFTER));
        }
    }
}
