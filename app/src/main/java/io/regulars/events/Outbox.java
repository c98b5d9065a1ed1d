package io.regulars.events;

import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events, written in the transaction in which they happen, and read by those who pass them on.
 *
 * <p>An event is born {@code pending} if the tenant has listeners, and whoever passes it on to them
 * takes the mark away in the transaction that does so. The mark, and not a place reached in the
 * order of ids, says what is left to do: ids are made before the commit, so an event may appear
 * behind one with a later id, and a reader that remembers a place would never see it. Of two events
 * of which one was committed before the other began, the first is always seen first or together
 * with the second, and then, as far as the nodes' clocks agree, its id is the smaller one.
 */
public final class Outbox {

    /** What is announced when there are pending events. */
    public static final String PENDING = "events";

    /** What is announced when there are events that a campaign waits for. */
    public static final String AWAITED = "awaited events";

    /** A listener is a row of {@code setting} whose key begins so. */
    public static final String LISTENER = "webhook:";

    /** A type of event that is waited for is a row of {@code setting} with this and its name. */
    private static final String AWAIT = "await:";

    private static final String COLUMNS = "id, type, data::text, occurred_at";

    private Outbox() {}

    public static void append(TenantTx tx, List<? extends Event> events) {
        append(tx, events, true);
    }

    /** Events of an import: nobody is written to because of them. */
    public static void appendImported(TenantTx tx, List<? extends Event> events) {
        append(tx, events, false);
    }

    private static void append(TenantTx tx, List<? extends Event> events, boolean answered) {
        if (events.isEmpty()) {
            return;
        }
        List<UUID> ids = events.stream().map(e -> TypeIds.next()).toList();
        tx.later(
                """
                insert into <t>.event (id, type, data, occurred_at, pending, awaited)
                select e.id, e.type, e.data::jsonb, :now, l.listens,
                       :answered and exists (select from <t>.setting where key = :await || e.type)
                  from unnest(:ids, :types, :data) as e (id, type, data)
                 cross join (select exists (select from <t>.setting
                                             where starts_with(key, :listener)) as listens) as l
                returning pending, awaited
                """,
                v ->
                        v.bindArray("ids", UUID.class, ids)
                                .bindColumn("types", String.class, events, Event::type)
                                .bindColumn("data", String.class, events, Json::write)
                                .bind("now", tx.now())
                                .bind("listener", LISTENER)
                                .bind("await", AWAIT)
                                .bind("answered", answered),
                row -> new Marks(row.getBoolean("pending"), row.getBoolean("awaited")),
                marks -> {
                    if (marks.stream().anyMatch(Marks::pending)) {
                        tx.announce(PENDING);
                    }
                    if (marks.stream().anyMatch(Marks::awaited)) {
                        tx.announce(AWAITED);
                    }
                });
    }

    private record Marks(boolean pending, boolean awaited) {}

    public static void append(TenantTx tx, Event event) {
        append(tx, List.of(event));
    }

    /** From now on campaigns wait for events of these types, and of no others. */
    public static void await(TenantTx tx, Set<String> types) {
        List<String> keys = types.stream().map(type -> AWAIT + type).sorted().toList();
        tx.update("delete from <t>.setting where starts_with(key, :await) and not key = any(:keys)")
                .bind("await", AWAIT)
                .bindArray("keys", String.class, keys)
                .execute();
        tx.update(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        select key, 'true'::jsonb, 1, :now from unnest(:keys) as key
                        on conflict (key) do nothing
                        """)
                .bindArray("keys", String.class, keys)
                .bind("now", tx.now())
                .execute();
    }

    /** Writes an event that listeners are not told of; answers it as it stands. */
    public static Published note(TenantTx tx, Event event) {
        UUID id = TypeIds.next();
        tx.update(
                        """
                        insert into <t>.event (id, type, data, occurred_at, pending, awaited)
                        values (:id, :type, :data::jsonb, :now, false, false)
                        """)
                .bind("id", id)
                .bind("type", event.type())
                .bind("data", Json.write(event))
                .bind("now", tx.now())
                .execute();
        return find(tx, List.of(id)).getFirst();
    }

    /** Writes what is no event to others; see {@link Audit}. */
    static void record(TenantTx tx, String type, String data) {
        UUID id = TypeIds.next();
        tx.write(
                """
                insert into <t>.event (id, type, data, occurred_at, pending, awaited)
                values (:id, :type, :data::jsonb, :now, false, false)
                """,
                v -> v.bind("id", id).bind("type", type).bind("data", data).bind("now", tx.now()));
    }

    /** Forgets the oldest events made between two ids; answers the ids of those, in their order. */
    public static List<UUID> forgetEvents(TenantTx tx, UUID after, UUID before, int atMost) {
        return forget(tx, "type not like 'audit.%' and not pending", after, before, atMost);
    }

    /** The same of the audit log. */
    public static List<UUID> forgetAudit(TenantTx tx, UUID after, UUID before, int atMost) {
        return forget(tx, "type like 'audit.%'", after, before, atMost);
    }

    private static List<UUID> forget(
            TenantTx tx, String which, UUID after, UUID before, int atMost) {
        List<UUID> ids =
                tx.query(
                                "select id from <t>.event where id > :after and id < :before and "
                                        + which
                                        + " order by id limit :most")
                        .bind("after", after)
                        .bind("before", before)
                        .bind("most", atMost)
                        .mapTo(UUID.class)
                        .list();
        tx.update("delete from <t>.event where id = any(:ids)")
                .bindArray("ids", UUID.class, ids)
                .execute();
        return ids;
    }

    /** The first of those that listeners have not been told of, which counts as done with this. */
    public static List<Published> takePending(TenantTx tx, int limit) {
        return take(tx, "pending", limit);
    }

    /**
     * @param mark the column that says that somebody waits for the event
     */
    private static List<Published> take(TenantTx tx, String mark, int limit) {
        List<Published> taken =
                tx.query(
                                "select "
                                        + COLUMNS
                                        + " from <t>.event where "
                                        + mark
                                        + " order by id limit :limit for update skip locked")
                        .bind("limit", limit)
                        .map((row, context) -> published(row))
                        .list();
        if (!taken.isEmpty()) {
            tx.update("update <t>.event set " + mark + " = false where id = any(:ids)")
                    .bindArray("ids", UUID.class, Columns.of(taken, Published::id))
                    .execute();
        }
        return taken;
    }

    public static boolean anyPending(TenantTx tx) {
        return tx.query("select exists (select from <t>.event where pending)")
                .mapTo(boolean.class)
                .one();
    }

    /** The first of those that campaigns wait for, which counts as done with this. */
    public static List<Published> takeAwaited(TenantTx tx, int limit) {
        return take(tx, "awaited", limit);
    }

    public static boolean anyAwaited(TenantTx tx) {
        return tx.query("select exists (select from <t>.event where awaited)")
                .mapTo(boolean.class)
                .one();
    }

    public static List<Published> find(TenantTx tx, Collection<UUID> ids) {
        return tx.query("select " + COLUMNS + " from <t>.event where id = any(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, context) -> published(row))
                .list();
    }

    /** A page of what happened, newest first. */
    public static List<Published> page(
            TenantTx tx, Optional<String> type, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.event
                                 where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and type not like 'audit.%'
                                   and (:type::text is null or type = :type)
                                 order by id desc limit :limit
                                """)
                .bind("before", before)
                .bind("type", type)
                .bind("limit", limit)
                .map((row, context) -> published(row))
                .list();
    }

    private static Published published(ResultSet row) throws SQLException {
        return new Published(
                Rows.uuid(row, "id"),
                row.getString("type"),
                row.getString("data"),
                Rows.instant(row, "occurred_at"));
    }
}
