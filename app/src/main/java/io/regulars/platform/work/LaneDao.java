package io.regulars.platform.work;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of {@code control.lane}. */
final class LaneDao {

    /** Bounds how much one statement locks. */
    private static final int BATCH = 1000;

    private static final String THIS_CLAIM =
            " where queue = :queue and tenant_id = :tenant and side = :side and leased_by = :token";

    private final Handle handle;

    LaneDao(Handle handle) {
        this.handle = handle;
    }

    /**
     * Puts the lanes in line. One that is in line already is left as it stands: whoever serves it
     * will begin after this note, and see the work. One that is being served counts the note. One
     * that fails keeps its distance.
     */
    void note(Collection<LaneKey> lanes, Instant now) {
        bindKeys(
                        handle.createUpdate(
                                """
                                insert into control.lane as l
                                       (queue, tenant_id, side, ready, next_at, served_at, noted)
                                select queue, tenant_id, side, true, :now, clock_timestamp(), 1
                                  from unnest(:queues::text[], :tenants::uuid[], :sides::text[])
                                       as n (queue, tenant_id, side)
                                    on conflict (queue, tenant_id, side) do update
                                   set noted = l.noted + 1
                                     , ready = l.leased_by is null and l.failures = 0
                                     , next_at = case when l.failures = 0
                                                 then least(l.next_at, excluded.next_at)
                                                 else l.next_at end
                                 where not l.ready
                                """),
                        ordered(lanes))
                .bind("now", now)
                .execute();
    }

    /**
     * Makes sure that each lane is served at its moment at the latest.
     *
     * @return how many lanes did not know about it
     */
    int plan(Map<LaneKey, Instant> due, Instant now) {
        List<LaneKey> keys = ordered(due.keySet());
        return bindKeys(
                        handle.createUpdate(
                                """
                                insert into control.lane as l
                                       (queue, tenant_id, side, ready, next_at, served_at)
                                select queue, tenant_id, side, next_at <= :now, next_at, clock_timestamp()
                                  from unnest(:queues::text[], :tenants::uuid[], :sides::text[], :due::timestamptz[])
                                       as n (queue, tenant_id, side, next_at)
                                    on conflict (queue, tenant_id, side) do update
                                   set next_at = excluded.next_at
                                     , ready = excluded.ready
                                 where not l.ready
                                   and l.leased_by is null
                                   and l.failures = 0
                                   and (l.next_at is null or l.next_at > excluded.next_at)
                                """),
                        keys)
                .bindArray("due", Instant.class, keys.stream().map(due::get).toList())
                .bind("now", now)
                .execute();
    }

    /** Leases the lanes of a queue that have waited longest since they were served. */
    List<Claim> claim(String queue, int limit, UUID token, Duration lease) {
        return handle.createQuery(
                        """
                        with line as (
                          select queue, tenant_id, side
                            from control.lane
                           where queue = :queue and ready
                           order by served_at
                           limit :limit
                             for update skip locked)
                        update control.lane l
                           set ready = false
                             , leased_by = :token
                             , lease_until = clock_timestamp() + make_interval(secs => :lease)
                          from line
                         where l.queue = line.queue and l.tenant_id = line.tenant_id and l.side = line.side
                        returning l.queue, l.tenant_id, l.side, l.leased_by, l.noted, l.failures
                        """)
                .bind("queue", queue)
                .bind("limit", limit)
                .bind("token", token)
                .bind("lease", lease.toSeconds())
                .map((row, _) -> claim(row))
                .list();
    }

    /**
     * Leases lanes out of turn, whether they are due or not, in order up to the first that somebody
     * else holds: two who want the same lanes never each hold what the other needs.
     */
    List<Claim> take(Collection<LaneKey> lanes, UUID token, Duration lease) {
        List<LaneKey> keys = ordered(lanes);
        bindKeys(
                        handle.createUpdate(
                                """
                                insert into control.lane (queue, tenant_id, side, ready, served_at)
                                select queue, tenant_id, side, false, clock_timestamp()
                                  from unnest(:queues::text[], :tenants::uuid[], :sides::text[])
                                       as n (queue, tenant_id, side)
                                    on conflict do nothing
                                """),
                        keys)
                .execute();
        List<Claim> taken = new ArrayList<>();
        for (LaneKey key : keys) {
            Optional<Claim> claim = take(key, token, lease);
            if (claim.isEmpty()) {
                break;
            }
            taken.add(claim.get());
        }
        return taken;
    }

    private Optional<Claim> take(LaneKey key, UUID token, Duration lease) {
        return bindKey(
                        handle.createQuery(
                                """
                                update control.lane
                                   set ready = false
                                     , leased_by = :token
                                     , lease_until = clock_timestamp() + make_interval(secs => :lease)
                                 where queue = :queue and tenant_id = :tenant and side = :side
                                   and (leased_by is null or lease_until < clock_timestamp())
                                returning queue, tenant_id, side, leased_by, noted, failures
                                """),
                        key)
                .bind("token", token)
                .bind("lease", lease.toSeconds())
                .map((row, _) -> claim(row))
                .findOne();
    }

    /**
     * Ends a slice that went well: the lane goes to the end of the line, or waits for its next
     * moment.
     *
     * @return whether it is in line; empty: the lease had been lost, and nothing was changed
     */
    Optional<Boolean> putBack(Claim claim, Optional<Instant> next, Instant now) {
        return bindClaim(
                        handle.createQuery(
                                """
                                update control.lane
                                   set served_at = clock_timestamp()
                                     , leased_by = null
                                     , lease_until = null
                                     , failures = 0
                                     , last_error = null
                                     , ready = noted > :noted or coalesce(:next::timestamptz <= :now, false)
                                     , next_at = case when noted > :noted then :now else :next::timestamptz end
                                """
                                        + THIS_CLAIM
                                        + " returning ready"),
                        claim)
                .bind("noted", claim.noted())
                .bind("next", next)
                .bind("now", now)
                .mapTo(boolean.class)
                .findOne();
    }

    /** Ends a slice that failed; false: the lease had been lost. */
    boolean fail(Claim claim, Instant retryAt, String error) {
        return bindClaim(
                                handle.createUpdate(
                                        """
                                        update control.lane
                                           set served_at = clock_timestamp()
                                             , leased_by = null
                                             , lease_until = null
                                             , failures = failures + 1
                                             , last_error = :error
                                             , next_at = :retryAt
                                        """
                                                + THIS_CLAIM),
                                claim)
                        .bind("retryAt", retryAt)
                        .bind("error", error)
                        .execute()
                > 0;
    }

    /** Gives back a lane that was not served: it is in line again, where it stood. */
    void giveBack(Claim claim) {
        bindClaim(
                        handle.createUpdate(
                                "update control.lane set ready = true, leased_by = null, lease_until = null"
                                        + THIS_CLAIM),
                        claim)
                .execute();
    }

    /** Forgets a lane whose tenant is not served any more. */
    void drop(Claim claim) {
        bindClaim(handle.createUpdate("delete from control.lane" + THIS_CLAIM), claim).execute();
    }

    void renew(Collection<Claim> claims, Duration lease) {
        List<Claim> ordered =
                claims.stream()
                        .sorted((a, b) -> LaneKey.ORDER.compare(a.lane(), b.lane()))
                        .toList();
        bindKeys(
                        handle.createUpdate(
                                """
                                with held as (
                                  select l.queue, l.tenant_id, l.side
                                    from control.lane l
                                    join unnest(:queues::text[], :tenants::uuid[], :sides::text[], :tokens::uuid[])
                                         with ordinality as h (queue, tenant_id, side, token, nr)
                                      on l.queue = h.queue and l.tenant_id = h.tenant_id and l.side = h.side
                                     and l.leased_by = h.token
                                   order by h.nr
                                     for update of l)
                                update control.lane l
                                   set lease_until = clock_timestamp() + make_interval(secs => :lease)
                                  from held
                                 where l.queue = held.queue and l.tenant_id = held.tenant_id and l.side = held.side
                                """),
                        ordered.stream().map(Claim::lane).toList())
                .bindArray("tokens", UUID.class, ordered.stream().map(Claim::token).toList())
                .bind("lease", lease.toSeconds())
                .execute();
    }

    /** Puts in line what has become due by time. */
    int promote(Instant now) {
        return handle.createUpdate(
                        """
                        with due as (
                          select queue, tenant_id, side
                            from control.lane
                           where not ready and leased_by is null and next_at <= :now
                           order by next_at
                           limit :batch
                             for update skip locked)
                        update control.lane l
                           set ready = true
                          from due
                         where l.queue = due.queue and l.tenant_id = due.tenant_id and l.side = due.side
                        """)
                .bind("now", now)
                .bind("batch", BATCH)
                .execute();
    }

    /**
     * Takes lanes back from nodes that let their leases expire. That counts as a failure, so that a
     * lane which takes its node down each time does not do so for ever: from the third time on it
     * waits.
     */
    List<LaneKey> reap(Instant now, Duration wait) {
        return handle.createQuery(
                        """
                        with expired as (
                          select queue, tenant_id, side
                            from control.lane
                           where leased_by is not null and lease_until < clock_timestamp()
                           order by lease_until
                           limit :batch
                             for update skip locked)
                        update control.lane l
                           set ready = l.failures < 2
                             , leased_by = null
                             , lease_until = null
                             , failures = l.failures + 1
                             , last_error = 'lease expired'
                             , next_at = :now::timestamptz
                                         + make_interval(secs => case when l.failures < 2 then 0 else :wait end)
                          from expired
                         where l.queue = expired.queue and l.tenant_id = expired.tenant_id
                           and l.side = expired.side
                        returning l.queue, l.tenant_id, l.side
                        """)
                .bind("now", now)
                .bind("wait", wait.toSeconds())
                .bind("batch", BATCH)
                .map((row, _) -> key(row))
                .list();
    }

    /** Which of these queues have lanes in line. */
    List<String> inLine(Collection<String> queues) {
        return handle.createQuery(
                        """
                        select q.queue
                          from unnest(:queues::text[]) as q (queue)
                         where exists (select from control.lane l where l.queue = q.queue and l.ready)
                        """)
                .bindArray("queues", String.class, List.copyOf(queues))
                .mapTo(String.class)
                .list();
    }

    /** Whether nothing of these queues is in line, due or being served. */
    boolean isIdle(Collection<String> queues, Instant now) {
        return handle.createQuery(
                        """
                        select not exists (select from control.lane
                                            where queue = any(:queues)
                                              and (ready or leased_by is not null or next_at <= :now))
                        """)
                .bindArray("queues", String.class, List.copyOf(queues))
                .bind("now", now)
                .mapTo(boolean.class)
                .one();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                key(row),
                row.getObject("leased_by", UUID.class),
                row.getLong("noted"),
                row.getInt("failures"));
    }

    private static LaneKey key(ResultSet row) throws SQLException {
        return new LaneKey(
                row.getString("queue"),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Side.of(row.getString("side")));
    }

    private static List<LaneKey> ordered(Collection<LaneKey> lanes) {
        return lanes.stream().sorted(LaneKey.ORDER).toList();
    }

    private static <S extends SqlStatement<S>> S bindClaim(S statement, Claim claim) {
        return bindKey(statement, claim.lane()).bind("token", claim.token());
    }

    private static <S extends SqlStatement<S>> S bindKey(S statement, LaneKey lane) {
        return statement
                .bind("queue", lane.queue())
                .bind("tenant", lane.tenant().uuid())
                .bind("side", lane.side().key());
    }

    private static <S extends SqlStatement<S>> S bindKeys(S statement, List<LaneKey> lanes) {
        return statement
                .bindArray("queues", String.class, lanes.stream().map(LaneKey::queue).toList())
                .bindArray(
                        "tenants",
                        UUID.class,
                        lanes.stream().map(lane -> lane.tenant().uuid()).toList())
                .bindArray(
                        "sides",
                        String.class,
                        lanes.stream().map(lane -> lane.side().key()).toList());
    }
}
