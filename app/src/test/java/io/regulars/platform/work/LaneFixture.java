package io.regulars.platform.work;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.time.Clock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A control database, shops in memory, and nodes that work on them. */
final class LaneFixture implements AutoCloseable {

    static final Duration HOUR = Duration.ofHours(1);

    /** The database's, by which leases go. */
    final Clock clock = Clock.system();

    final Databases databases = TestDatabase.open(clock);
    final ControlDb control = databases.control();
    final Shops shops = new Shops();
    final Map<TenantRef, Instant> testClocks = new ConcurrentHashMap<>();
    final MetricRegistry metrics = new MetricRegistry();
    private final List<LaneWorkers> nodes = new ArrayList<>();

    /** A node that looks for others' notes often. */
    LaneWorkers node(LaneWork... works) {
        return node(Duration.ofMillis(50), 2, works);
    }

    /** A node that is not started yet. */
    LaneWorkers node(Duration poll, int workers, LaneWork... works) {
        LaneWorkers node =
                new LaneWorkers(
                        control,
                        shops,
                        new TenantTime(clock, shop -> requireNonNull(testClocks.get(shop))),
                        metrics,
                        new LaneSettings(poll, Duration.ofMinutes(1), Duration.ofSeconds(10)),
                        (shop, questions) -> questions.run());
        for (LaneWork work : works) {
            node.register(work, workers);
        }
        nodes.add(node);
        return node;
    }

    static Optional<Instant> drain(LaneWorkers node, TenantRef shop) {
        try (HeldLanes held = node.hold(shop)) {
            return held.drain();
        }
    }

    <R> R dao(Function<LaneDao, R> call) {
        return control.inTransaction(handle -> call.apply(new LaneDao(handle)));
    }

    void note(String queue, TenantRef... tenants) {
        for (TenantRef tenant : tenants) {
            dao(dao -> {
                dao.note(List.of(LaneKey.of(queue, tenant)), clock.now());
                return true;
            });
        }
    }

    List<Claim> claim(String queue, int limit, Duration lease) {
        return dao(dao -> dao.claim(queue, limit, TypeIds.next(), lease));
    }

    Optional<Row> row(String queue, TenantRef tenant) {
        return control.inTransaction(handle ->
                handle.createQuery(
                                """
                                select ready, next_at, leased_by is not null as leased
                                     , lease_until, noted, failures, last_error
                                  from control.lane
                                 where queue = :queue and tenant_id = :tenant and side = :side
                                """)
                        .bind("queue", queue)
                        .bind("tenant", tenant.id().uuid())
                        .bind("side", tenant.side().key())
                        .map((row, _) ->
                                new Row(
                                        row.getBoolean("ready"),
                                        Optional.ofNullable(row.getTimestamp("next_at"))
                                                .map(t -> t.toInstant()),
                                        row.getBoolean("leased"),
                                        Optional.ofNullable(row.getTimestamp("lease_until"))
                                                .map(t -> t.toInstant()),
                                        row.getLong("noted"),
                                        row.getInt("failures"),
                                        Optional.ofNullable(row.getString("last_error"))))
                        .findOne());
    }

    void closeNodes() {
        nodes.forEach(LaneWorkers::close);
        nodes.clear();
    }

    @Override
    public void close() {
        closeNodes();
        databases.close();
    }

    record Row(
            boolean ready,
            Optional<Instant> nextAt,
            boolean leased,
            Optional<Instant> leaseUntil,
            long noted,
            int failures,
            Optional<String> lastError) {

        boolean idle() {
            return !ready && !leased && nextAt.isEmpty();
        }
    }
}
