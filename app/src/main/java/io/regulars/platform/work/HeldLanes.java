package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All lanes of one tenant, held by the calling thread: the workers are kept away from it while all
 * that is due is done here. Closing puts the lanes back.
 */
public final class HeldLanes implements AutoCloseable {

    /** Far beyond any honest amount of work; a queue that never gets done must not hang us. */
    private static final int MOST_SLICES = 1_000_000;

    private static final Duration MOST_WAIT = Duration.ofMinutes(5);

    private final TenantRef tenant;
    private final Collection<LaneWork> works;
    private final LaneWorkers.Tools tools;
    private final Signal served;
    private final Runnable afterwards;
    private final List<Claim> held = new ArrayList<>();
    private final Map<String, Optional<Instant>> next = new HashMap<>();
    private boolean isDone;

    private HeldLanes(
            TenantRef tenant,
            Collection<LaneWork> works,
            LaneWorkers.Tools tools,
            Signal served,
            Runnable afterwards) {
        this.tenant = tenant;
        this.works = works;
        this.tools = tools;
        this.served = served;
        this.afterwards = afterwards;
    }

    /**
     * Waits for slices of this tenant that are being served.
     *
     * @param afterwards what follows when the lanes are back, which may have work by then
     */
    static HeldLanes take(
            TenantRef tenant,
            Collection<LaneWork> works,
            LaneWorkers.Tools tools,
            Signal served,
            Runnable afterwards) {
        HeldLanes lanes = new HeldLanes(tenant, works, tools, served, afterwards);
        try {
            lanes.takeAll();
            return lanes;
        } catch (RuntimeException | Error e) {
            lanes.close();
            throw e;
        }
    }

    /**
     * Does all that is due, with what follows from it, and returns when nothing is due any more.
     * Not to be called within a transaction.
     *
     * @return the earliest moment at which any queue has something to do again, in the tenant's own
     *     time
     */
    public Optional<Instant> drain() {
        isDone = false;
        int slices = 0;
        // Round after round, for the work of one queue may make work for another.
        List<LaneWork> due = due();
        while (!due.isEmpty()) {
            for (LaneWork work : due) {
                slices += serve(work);
                if (slices > MOST_SLICES) {
                    throw new IllegalStateException(work.queue() + " does not get done");
                }
            }
            due = due();
        }
        isDone = true;
        return next.values().stream().flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** Asks all queues, in one transaction. */
    private List<LaneWork> due() {
        List<LaneWork> due = new ArrayList<>();
        tools.together()
                .ask(
                        tenant,
                        () -> {
                            Instant now = tools.time().now(tenant);
                            for (LaneWork work : works) {
                                Optional<Instant> at = work.nextDue(tenant);
                                next.put(work.queue(), at);
                                if (TenantTime.isDue(at, now)) {
                                    due.add(work);
                                }
                            }
                        });
        return due;
    }

    /** Slice after slice, and how many they were. */
    private int serve(LaneWork work) {
        int slices = 0;
        Optional<Instant> more;
        do {
            more = work.serve(tenant);
        } while (++slices < MOST_SLICES
                && more.isPresent()
                && TenantTime.isDue(more, tools.time().now(tenant)));
        return slices;
    }

    private void takeAll() {
        UUID token = TypeIds.next();
        List<LaneKey> missing =
                new ArrayList<>(
                        works.stream().map(work -> LaneKey.of(work.queue(), tenant)).toList());
        long deadline = System.nanoTime() + MOST_WAIT.toNanos();
        while (true) {
            long seen = served.count();
            List<LaneKey> wanted = List.copyOf(missing);
            List<Claim> taken =
                    tools.control()
                            .inTransaction(handle ->
                                    new LaneDao(handle)
                                            .take(wanted, token, tools.leases().lease()));
            held.addAll(taken);
            tools.leases().hold(taken);
            taken.forEach(claim -> missing.remove(claim.lane()));
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a slice of this tenant does not end: " + missing);
            }
            // A slice of this node signals its end; one of another node is seen by looking again.
            served.awaitAfter(seen, Duration.ofMillis(50));
        }
    }

    @Override
    public void close() {
        held.forEach(tools.leases()::letGo);
        if (held.isEmpty()) {
            return;
        }
        if (isDone) {
            putBack();
        } else {
            tools.control()
                    .run(handle -> {
                        LaneDao dao = new LaneDao(handle);
                        held.forEach(dao::giveBack);
                    });
        }
        held.clear();
        afterwards.run();
    }

    private void putBack() {
        Instant tenantNow = tools.time().now(tenant);
        Instant now = tools.time().clock().now();
        tools.control()
                .run(handle -> {
                    LaneDao dao = new LaneDao(handle);
                    for (Claim claim : held) {
                        Optional<Instant> due =
                                next.getOrDefault(claim.lane().queue(), Optional.empty());
                        dao.putBack(
                                claim, tools.time().onServiceClock(tenant, due, tenantNow), now);
                    }
                });
    }
}
