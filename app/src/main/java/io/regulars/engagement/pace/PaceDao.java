package io.regulars.engagement.pace;

import io.regulars.platform.db.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

final class PaceDao {

    private static final double MILLIS = 1_000;

    /** A node that has not asked for so long does not share in the rate. */
    private static final Duration ACTIVE = Duration.ofSeconds(5);

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    /** Sums of hundredths are seldom whole. */
    private static final double ALMOST = 1e-6;

    private final Handle handle;

    PaceDao(Handle handle) {
        this.handle = handle;
    }

    /** A node that needs turns: how many, and how fast there are new ones for all nodes. */
    record Wanted(double turns, double perSecond) {}

    /**
     * Fetches turns for a node, as far as there are any: they grow at its share of the rate, up to
     * a second's worth and one.
     *
     * @param wanted by key
     */
    Map<String, Double> fetch(UUID node, Map<String, Wanted> wanted, Instant now) {
        List<String> keys = wanted.keySet().stream().sorted().toList();
        handle.createUpdate(
                        "delete from control.mail_pace where pace = any(:keys) and filled_at < :long_ago")
                .bindArray("keys", String.class, keys)
                .bind("long_ago", now.minus(FORGOTTEN))
                .execute();
        handle.createUpdate(
                        """
                        insert into control.mail_pace (pace, node, turns, filled_at)
                        select pace, :node, 0, :now from unnest(:keys) as pace
                        on conflict (pace, node) do nothing
                        """)
                .bindArray("keys", String.class, keys)
                .bind("node", node)
                .bind("now", now)
                .execute();
        Map<String, Double> granted = new HashMap<>();
        handle.createQuery(
                        """
                        select pace, turns, filled_at,
                               (select count(*) from control.mail_pace o
                                 where o.pace = m.pace and (o.node = :node or o.filled_at > :active)) as nodes
                          from control.mail_pace m
                         where pace = any(:keys) and node = :node order by pace for update
                        """)
                .bindArray("keys", String.class, keys)
                .bind("node", node)
                .bind("active", now.minus(ACTIVE))
                .map((row, context) ->
                        new Row(
                                row.getString("pace"),
                                row.getDouble("turns"),
                                Rows.instant(row, "filled_at"),
                                row.getInt("nodes")))
                .list()
                .forEach(row ->
                        granted.put(
                                row.pace(),
                                grant(
                                        node,
                                        row,
                                        Objects.requireNonNull(wanted.get(row.pace())),
                                        now)));
        return granted;
    }

    private record Row(String pace, double turns, Instant filledAt, int nodes) {}

    private double grant(UUID node, Row row, Wanted wanted, Instant now) {
        double share = wanted.perSecond() / row.nodes();
        double seconds =
                Math.max(0, Duration.between(row.filledAt(), now).toMillis() / MILLIS);
        double there = Math.min(share + 1, row.turns() + seconds * share);
        double given = Math.min(Math.ceil(wanted.turns()), Math.floor(there + ALMOST));
        handle.createUpdate(
                        """
                        update control.mail_pace set turns = :turns, filled_at = :now
                         where pace = :pace and node = :node
                        """)
                .bind("pace", row.pace())
                .bind("node", node)
                .bind("turns", there - given)
                .bind("now", now)
                .execute();
        return given;
    }

    void slow(String pace, Slowed slowed) {
        handle.createUpdate(
                        """
                        insert into control.mail_slowed (pace, per_second, slowed_at)
                        values (:pace, :rate, :at)
                        on conflict (pace) do update
                           set per_second = excluded.per_second, slowed_at = excluded.slowed_at
                        """)
                .bind("pace", pace)
                .bind("rate", slowed.perSecond())
                .bind("at", slowed.at())
                .execute();
    }

    /** What was slowed since then. */
    Map<String, Slowed> slowedSince(Instant since) {
        Map<String, Slowed> slowed = new HashMap<>();
        handle.createQuery(
                        "select pace, per_second, slowed_at from control.mail_slowed where slowed_at > :since")
                .bind("since", since)
                .map((row, context) ->
                        Map.entry(
                                row.getString("pace"),
                                new Slowed(
                                        row.getDouble("per_second"),
                                        Rows.instant(row, "slowed_at"))))
                .forEach(entry -> slowed.put(entry.getKey(), entry.getValue()));
        return slowed;
    }

    /** Why this relay is held, if it is. */
    Optional<RelayHold.Held> held(String relay) {
        return handle.createQuery(
                        "select reason, held_at from control.relay_hold where relay = :relay")
                .bind("relay", relay)
                .map((row, context) ->
                        new RelayHold.Held(
                                row.getString("reason"), Rows.instant(row, "held_at")))
                .findOne();
    }

    void hold(String relay, String reason, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.relay_hold (relay, reason, held_at) values (:relay, :reason, :now)
                        on conflict (relay) do update set reason = excluded.reason
                        """)
                .bind("relay", relay)
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    void release(String relay) {
        handle.createUpdate("delete from control.relay_hold where relay = :relay")
                .bind("relay", relay)
                .execute();
    }
}
