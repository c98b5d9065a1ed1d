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
 * Does all that is due for one tenant in the calling thread, while the workers are kept away from
 * it by the leases of all its lanes.
 */
final class Drain {

    /** Far beyond any honest amount of work; a queue that never gets done must not hang us. */
    private static final int MOST_SLICES = 1_000_000;

    private static final Duration MOST_WAIT = Duration.ofMinutes(5);

    private final Collection<LaneWork> works;
    private final LaneWorkers.Tools tools;
    private final Signal served;

    Drain(Collection<LaneWork> works, LaneWorkers.Tools tools, Signal served) {
        this.works = works;
        this.tools = tools;
        this.served = served;
    }

    /**
     * @return when there is something to do again, in the tenant's own time
     */
    Optional<Instant> run(TenantRef tenant) {
        List<Claim> held = new ArrayList<>();
        try {
            takeAll(tenant, held);
            Map<String, Optional<Instant>> next = serveAll(tenant);
            putBack(tenant, held, next);
            held.clear();
            return next.values().stream().flatMap(Optional::stream).min(Instant::compareTo);
        } finally {
            giveBack(held);
        }
    }

    private void takeAll(TenantRef tenant, List<Claim> held) {
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

    /** Round after round, for the work of one queue may make work for another. */
    private Map<String, Optional<Instant>> serveAll(TenantRef tenant) {
        Map<String, Optional<Instant>> next = new HashMap<>();
        int slices = 0;
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            // A test side's clock stands still meanwhile, and asking it costs a transaction.
            Instant standing = tools.time().now(tenant);
            for (LaneWork work : works) {
                Optional<Instant> due = work.nextDue(tenant);
                while (TenantTime.isDue(
                        due, tenant.isTest() ? standing : tools.time().now(tenant))) {
                    quiet = false;
                    if (++slices > MOST_SLICES) {
                        throw new IllegalStateException(work.queue() + " does not get done");
                    }
                    due = work.serve(tenant);
                }
                next.put(work.queue(), due);
            }
        }
        return next;
    }

    private void putBack(TenantRef tenant, List<Claim> held, Map<String, Optional<Instant>> next) {
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
        held.forEach(tools.leases()::letGo);
    }

    private void giveBack(List<Claim> claims) {
        claims.forEach(tools.leases()::letGo);
        if (!claims.isEmpty()) {
            tools.control()
                    .run(handle -> {
                        LaneDao dao = new LaneDao(handle);
                        claims.forEach(dao::giveBack);
                    });
        }
    }
}
