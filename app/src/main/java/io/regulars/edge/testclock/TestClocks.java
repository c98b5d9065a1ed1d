package io.regulars.edge.testclock;

import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.nightly.NightlyWork;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.HeldLanes;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.tenancy.tenants.NewSide;
import io.regulars.tenancy.tenants.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads, sets and advances test sides' clocks. */
public final class TestClocks implements NewSide {

    /** An advance that has not said that it lives for so long has died with its node. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("2999-12-31T23:59:59Z");

    private final TenantDb tenants;
    private final ControlDb control;
    private final Clock clock;

    public TestClocks(TenantDb tenants, ControlDb control, Clock clock) {
        this.tenants = tenants;
        this.control = control;
        this.clock = clock;
    }

    /** A new test side begins at the real time. */
    @Override
    public void prepare(TenantRef side, Setup setup) {
        if (side.isTest()) {
            tenants.run(
                    side,
                    tx ->
                            tx.update(
                                            """
                                            insert into <t>.setting (key, value, version, updated_at)
                                            values ('test_clock', :now::jsonb, 1, :at) on conflict (key) do nothing
                                            """)
                                    .bind("now", Json.write(clock.now()))
                                    .bind("at", clock.now())
                                    .execute());
        }
    }

    Instant now(TenantRef side) {
        requireTest(side);
        return tenants.inTransaction(side, TenantTx::now);
    }

    /**
     * Begins anew at this moment: the program that is in force is so from there on, and days that
     * were looked at before are looked at again.
     *
     * @throws Problem 409 when there are members already, who would have lived at another time; 422
     *     for times that no shop lives in
     */
    Instant start(TenantRef side, Instant start) {
        requireTest(side);
        if (start.isBefore(FIRST) || start.isAfter(LAST)) {
            throw Problem.invalid(
                    "/start", "out_of_range", "Must lie in the years from 1970 to 2999.");
        }
        return tenants.inTransaction(
                side,
                tx -> {
                    boolean inUse =
                            tx.query("select exists (select from <t>.member)")
                                    .mapTo(boolean.class)
                                    .one();
                    if (inUse) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "There are members already; from now on the clock can only be advanced.");
                    }
                    Programs.inForceSince(tx, start);
                    NightlyWork.beginAnew(tx);
                    set(tx, start);
                    return start;
                });
    }

    /**
     * Moves the clock on, from due time to due time, and does at each what is due then.
     *
     * @return how many things of each kind were done on the way
     * @throws Problem 422 backwards, 409 while another advance is running
     */
    Map<String, Long> advance(TenantRef side, Instant to, LaneWorkers workers) {
        requireTest(side);
        UUID token = TypeIds.next();
        lock(side, token);
        try {
            Instant from = now(side);
            if (to.isBefore(from)) {
                throw Problem.invalid(
                        "/to",
                        "backwards",
                        "The test clock shows " + from + " and only goes forward.");
            }
            if (to.isAfter(LAST)) {
                throw Problem.invalid(
                        "", "out_of_range", "The test clock goes to the end of the year 2999.");
            }
            Map<String, Long> before = tenants.inTransaction(side, TestClocks::done);
            try (HeldLanes lanes = workers.hold(side)) {
                walk(from, to, lanes, moment -> moveTo(side, token, moment));
            }
            return difference(before, tenants.inTransaction(side, TestClocks::done));
        } finally {
            unlock(side, token);
        }
    }

    private static void walk(Instant from, Instant to, HeldLanes lanes, Consumer<Instant> moveTo) {
        Instant current = from;
        Optional<Instant> next = lanes.drain();
        // What is due must lie ahead, or draining did not help; the end of the way comes in any
        // case.
        while (next.isPresent() && next.get().isAfter(current) && !next.get().isAfter(to)) {
            current = next.get();
            moveTo.accept(current);
            next = lanes.drain();
        }
        moveTo.accept(to);
        lanes.drain();
    }

    /** One step; whoever takes it is alive, however long the way is. */
    private void moveTo(TenantRef side, UUID token, Instant moment) {
        renew(side, token);
        tenants.run(side, tx -> set(tx, moment));
    }

    private static void set(TenantTx tx, Instant moment) {
        tx.update(
                        "update <t>.setting set value = :now::jsonb, version = version + 1, updated_at = :at"
                                + " where key = 'test_clock'")
                .bind("now", Json.write(moment))
                .bind("at", moment)
                .execute();
    }

    private void lock(TenantRef side, UUID token) {
        boolean locked =
                control.inTransaction(handle ->
                        handle.createUpdate(
                                                """
                                                insert into control.test_clock_lock as l (tenant_id, lease_until, leased_by)
                                                values (:tenant, :until, :token)
                                                on conflict (tenant_id) do update
                                                   set lease_until = excluded.lease_until, leased_by = excluded.leased_by
                                                 where l.lease_until < :now
                                                """)
                                        .bind("tenant", side.id().uuid())
                                        .bind("until", clock.now().plus(LEASE))
                                        .bind("now", clock.now())
                                        .bind("token", token)
                                        .execute()
                                == 1);
        if (!locked) {
            throw isAdvancing();
        }
    }

    private void renew(TenantRef side, UUID token) {
        boolean renewed =
                control.inTransaction(handle ->
                        handle.createUpdate(
                                                """
                                                update control.test_clock_lock set lease_until = :until
                                                 where tenant_id = :tenant and leased_by = :token
                                                """)
                                        .bind("until", clock.now().plus(LEASE))
                                        .bind("tenant", side.id().uuid())
                                        .bind("token", token)
                                        .execute()
                                == 1);
        if (!renewed) {
            // A step that outlasted the lease, and somebody else goes on from where it ended.
            throw isAdvancing();
        }
    }

    private static Problem isAdvancing() {
        return Problem.of(
                        ProblemType.CLOCK_IS_ADVANCING,
                        "The clock is being advanced; wait for that to end.")
                .retryAfter(Duration.ofSeconds(1));
    }

    private void unlock(TenantRef side, UUID token) {
        control.run(handle ->
                handle.createUpdate(
                                "delete from control.test_clock_lock where tenant_id = :tenant and leased_by = :token")
                        .bind("tenant", side.id().uuid())
                        .bind("token", token)
                        .execute());
    }

    private static Map<String, Long> done(TenantTx tx) {
        Map<String, Long> counts = new TreeMap<>(LedgerHistory.totals(tx));
        tx.query(
                        """
                        select 'messages_' || state as what, count(*) as n from <t>.message
                         where state in ('sent', 'failed', 'skipped', 'unknown') group by state
                        union all
                        select 'webhooks_' || state, count(*) from <t>.webhook_delivery
                         where state in ('delivered', 'failed') group by state
                        union all
                        select 'campaign_runs', count(*) from <t>.campaign_run where state = 'done'
                        union all
                        select 'tiers_changed', count(*) from <t>.event where type = 'tier.changed'
                        """)
                .map((row, context) -> Map.entry(row.getString("what"), row.getLong("n")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((what, count) -> difference.put(what, count - before.getOrDefault(what, 0L)));
        difference.values().removeIf(count -> count == 0);
        return difference;
    }

    private static void requireTest(TenantRef side) {
        if (!side.isTest()) {
            throw Problem.of(
                    ProblemType.TEST_SIDE_ONLY,
                    "Only test data have a clock of their own; use a test key.");
        }
    }
}
