package io.regulars.engagement.webhooks;

import io.regulars.engagement.webhooks.Delivery.State;
import io.regulars.engagement.webhooks.RetryPlan.Outcome;
import io.regulars.events.Published;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class DeliveryDao {

    /** How long a delivery waits for those before it, from its making. */
    static final Duration HELD_BACK = Duration.ofMinutes(10);

    private static final String COLUMNS =
            """
            d.id, d.endpoint_id, d.event_id, d.type, d.state, d.attempts, d.due_at, d.attempted_at, d.status_code, d.response,
            d.error, d.duration_ms, d.created_at
            """;

    private final TenantTx tx;

    DeliveryDao(TenantTx tx) {
        this.tx = tx;
    }

    /** An event for an endpoint. */
    record Planned(EndpointId endpoint, Published event) {}

    /** Plans deliveries in this order; of an endpoint where one has failed they wait behind it. */
    void insert(List<Planned> planned) {
        if (planned.isEmpty()) {
            return;
        }
        Set<UUID> failing =
                tx.query(
                                "select distinct endpoint_id from <t>.webhook_delivery where state = 'retry'")
                        .mapTo(UUID.class)
                        .collect(Collectors.toUnmodifiableSet());
        Instant patience = tx.now().plus(HELD_BACK);
        tx.update(
                        """
                        insert into <t>.webhook_delivery (id, endpoint_id, event_id, type, state, attempts, due_at,
                               created_at, updated_at)
                        select id, endpoint, event, type, 'pending', 0, due, :now, :now
                          from unnest(:ids, :endpoints, :events, :types, :due)
                               as d (id, endpoint, event, type, due)
                        """)
                .bindArray("ids", UUID.class, planned.stream().map(p -> TypeIds.next()).toList())
                .bindArray("endpoints", UUID.class, Columns.of(planned, p -> p.endpoint().uuid()))
                .bindArray("events", UUID.class, Columns.of(planned, p -> p.event().id()))
                .bindArray("types", String.class, Columns.of(planned, p -> p.event().type()))
                .bindArray(
                        "due",
                        Instant.class,
                        Columns.of(
                                planned,
                                p -> failing.contains(p.endpoint().uuid()) ? patience : tx.now()))
                .bind("now", tx.now())
                .execute();
    }

    /** Plans one that goes at once, whatever else is waiting. */
    Delivery insertAtOnce(EndpointId endpoint, Published event) {
        DeliveryId id = DeliveryId.next();
        tx.update(
                        """
                        insert into <t>.webhook_delivery (id, endpoint_id, event_id, type, state, attempts, due_at,
                               created_at, updated_at)
                        values (:id, :endpoint, :event, :type, 'pending', 0, :now, :now, :now)
                        """)
                .bind("id", id.uuid())
                .bind("endpoint", endpoint.uuid())
                .bind("event", event.id())
                .bind("type", event.type())
                .bind("now", tx.now())
                .execute();
        return find(id).orElseThrow();
    }

    /**
     * Takes the first of those that are due for each endpoint, in their order. An endpoint that
     * somebody is sending to is left alone: it gets one at a time. The endpoints are locked.
     */
    List<Delivery> claim(Collection<UUID> endpoints, int each, Instant leaseUntil) {
        List<Delivery> due =
                tx.query(
                                "select "
                                        + COLUMNS
                                        + """
                                          from unnest(:endpoints) as e (id)
                                         cross join lateral (
                                           select id, endpoint_id, event_id, type, state, attempts, due_at, attempted_at,
                                                  status_code, response, error, duration_ms, created_at
                                             from <t>.webhook_delivery
                                            where endpoint_id = e.id
                                              and state in ('pending', 'retry', 'sending') and state <> 'sending'
                                              and due_at <= :now
                                            order by id limit :each) as d
                                         where not exists (select from <t>.webhook_delivery s
                                                            where s.endpoint_id = e.id and s.state = 'sending')
                                         order by d.endpoint_id, d.id
                                        """)
                        .bindArray("endpoints", UUID.class, List.copyOf(endpoints))
                        .bind("now", tx.now())
                        .bind("each", each)
                        .map((row, context) -> delivery(row))
                        .list();
        if (!due.isEmpty()) {
            tx.update(
                            """
                            update <t>.webhook_delivery
                               set state = 'sending', lease_until = :lease, updated_at = :now
                             where id = any(:ids)
                            """)
                    .bindArray("ids", UUID.class, Columns.of(due, d -> d.id().uuid()))
                    .bind("lease", leaseUntil)
                    .bind("now", tx.now())
                    .execute();
        }
        return due;
    }

    /** Those that somebody took in hand and never came back with are to be sent again. */
    int recover(Instant leasesBefore) {
        return tx.update(
                        """
                        update <t>.webhook_delivery
                           set state = case when attempts = 0 then 'pending' else 'retry' end,
                               lease_until = null, due_at = :now, updated_at = :now
                         where state = 'sending' and lease_until <= :before
                        """)
                .bind("before", leasesBefore)
                .bind("now", tx.now())
                .execute();
    }

    /** Those that were taken in hand and have not been tried. */
    void putBack(List<Delivery> untried) {
        tx.update(
                        """
                        update <t>.webhook_delivery
                           set state = case when attempts = 0 then 'pending' else 'retry' end,
                               lease_until = null, updated_at = :now
                         where id = any(:ids) and state = 'sending'
                        """)
                .bindArray("ids", UUID.class, Columns.of(untried, d -> d.id().uuid()))
                .bind("now", tx.now())
                .execute();
    }

    void record(Outcome outcome) {
        Delivery.Attempt attempt = outcome.attempt();
        tx.update(
                        """
                        update <t>.webhook_delivery
                           set state = :state, attempts = attempts + 1, due_at = :due, lease_until = null,
                               attempted_at = :at, status_code = :status, response = :response, error = :error,
                               duration_ms = :took, updated_at = :now
                         where id = :id
                        """)
                .bind("id", outcome.delivery().id().uuid())
                .bind("state", outcome.state().key())
                .bind("due", outcome.dueAt())
                .bind("at", attempt.at())
                .bind("status", attempt.status())
                .bind("response", attempt.response())
                .bind("error", attempt.error())
                .bind("took", attempt.durationMs())
                .bind("now", tx.now())
                .execute();
    }

    /** Has those behind a failed one wait, each to the end of its own patience. */
    void holdBack(EndpointId endpoint) {
        tx.update(
                        """
                        update <t>.webhook_delivery d
                           set due_at = d.created_at + make_interval(secs => :held), updated_at = :now
                         where d.endpoint_id = :endpoint and d.state = 'pending'
                           and d.due_at < d.created_at + make_interval(secs => :held)
                           and exists (select from <t>.webhook_delivery f
                                        where f.endpoint_id = :endpoint and f.state = 'retry' and f.id < d.id)
                        """)
                .bind("endpoint", endpoint.uuid())
                .bind("held", HELD_BACK.toSeconds())
                .bind("now", tx.now())
                .execute();
    }

    /** Lets those go that waited for one which has come to an end. */
    void letGo(EndpointId endpoint) {
        tx.update(
                        """
                        update <t>.webhook_delivery d
                           set due_at = :now, updated_at = :now
                         where d.endpoint_id = :endpoint and d.state = 'pending' and d.due_at > :now
                           and not exists (select from <t>.webhook_delivery f
                                            where f.endpoint_id = :endpoint and f.state = 'retry' and f.id < d.id)
                        """)
                .bind("endpoint", endpoint.uuid())
                .bind("now", tx.now())
                .execute();
    }

    /** Gives up what has not come to an end. */
    void cancelOpen(EndpointId endpoint, String why) {
        tx.update(
                        """
                        update <t>.webhook_delivery
                           set state = 'cancelled', error = :why, lease_until = null, updated_at = :now
                         where endpoint_id = :endpoint and state in ('pending', 'retry', 'sending')
                        """)
                .bind("endpoint", endpoint.uuid())
                .bind("why", why)
                .bind("now", tx.now())
                .execute();
    }

    /** When the first of these endpoints may be sent to; not while somebody is sending to it. */
    Optional<Instant> nextDue(Collection<UUID> endpoints) {
        return tx.query(
                        """
                        select min(d.due_at) as due
                          from <t>.webhook_delivery d
                         where d.endpoint_id = any(:endpoints) and d.state in ('pending', 'retry')
                           and not exists (select from <t>.webhook_delivery s
                                            where s.endpoint_id = d.endpoint_id and s.state = 'sending')
                        """)
                .bindArray("endpoints", UUID.class, List.copyOf(endpoints))
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "due")))
                .one();
    }

    /** When the first lease ends, by the service's clock. */
    Optional<Instant> nextLeaseEnd() {
        return tx.query(
                        "select min(lease_until) as ends from <t>.webhook_delivery where state = 'sending'")
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "ends")))
                .one();
    }

    Optional<Delivery> find(DeliveryId id) {
        return tx.query("select " + COLUMNS + " from <t>.webhook_delivery d where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> delivery(row))
                .findOne();
    }

    /** What a list of deliveries is narrowed to; null for all. */
    record Filter(@Nullable UUID endpoint, @Nullable String state) {}

    List<Delivery> page(Filter filter, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.webhook_delivery d
                                 where d.id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and (:endpoint::uuid is null or d.endpoint_id = :endpoint)
                                   and (:state::text is null or d.state = :state)
                                 order by d.id desc limit :limit
                                """)
                .bind("before", before)
                .bind("endpoint", filter.endpoint())
                .bind("state", filter.state())
                .bind("limit", limit)
                .map((row, context) -> delivery(row))
                .list();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                new DeliveryId(Rows.uuid(row, "id")),
                new EndpointId(Rows.uuid(row, "endpoint_id")),
                Rows.uuid(row, "event_id"),
                row.getString("type"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                Rows.instant(row, "due_at"),
                Rows.instantOrNull(row, "attempted_at"),
                Rows.intOrNull(row, "status_code"),
                Rows.textOrNull(row, "response"),
                Rows.textOrNull(row, "error"),
                Rows.intOrNull(row, "duration_ms"),
                Rows.instant(row, "created_at"));
    }
}
