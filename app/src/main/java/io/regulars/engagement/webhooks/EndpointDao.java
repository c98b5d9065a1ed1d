package io.regulars.engagement.webhooks;

import io.regulars.events.Outbox;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Endpoints, one row of {@code setting} each. */
final class EndpointDao {

    private static final String SELECT =
            "select key, value::text, version, updated_at from <t>.setting where ";

    private final TenantTx tx;

    EndpointDao(TenantTx tx) {
        this.tx = tx;
    }

    /** The row's value. */
    private record Stored(
            Endpoint.Config config,
            Endpoint.Secrets secrets,
            Endpoint.Health health,
            Instant createdAt) {}

    /** Lets one at a time add to them; for the rest of the transaction. */
    void lockList() {
        tx.query("select pg_advisory_xact_lock(hashtextextended(:key, 0)) is null as locked")
                .bind("key", tx.tenant().schema() + " webhook endpoints")
                .mapTo(boolean.class)
                .one();
    }

    void insert(Endpoint endpoint) {
        tx.update(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        """)
                .bind("key", key(endpoint.id()))
                .bind("value", value(endpoint))
                .bind("now", tx.now())
                .execute();
    }

    /** Writes down what a person changed. */
    void change(Endpoint endpoint) {
        tx.update(
                        """
                        update <t>.setting set value = :value::jsonb, version = version + 1, updated_at = :now
                         where key = :key
                        """)
                .bind("key", key(endpoint.id()))
                .bind("value", value(endpoint))
                .bind("now", tx.now())
                .execute();
    }

    /** Writes down how it fares, which is no new version of what people said. */
    void note(Endpoint endpoint) {
        tx.update("update <t>.setting set value = :value::jsonb where key = :key")
                .bind("key", key(endpoint.id()))
                .bind("value", value(endpoint))
                .execute();
    }

    void delete(EndpointId id) {
        tx.update("delete from <t>.setting where key = :key").bind("key", key(id)).execute();
    }

    Optional<Endpoint> find(EndpointId id) {
        return tx.query(SELECT + "key = :key")
                .bind("key", key(id))
                .map((row, context) -> endpoint(row))
                .findOne();
    }

    Optional<Endpoint> lock(EndpointId id) {
        return tx.query(SELECT + "key = :key for update")
                .bind("key", key(id))
                .map((row, context) -> endpoint(row))
                .findOne();
    }

    /** All of them, the oldest first. */
    List<Endpoint> all() {
        return tx.query(SELECT + "starts_with(key, :prefix) order by key")
                .bind("prefix", Outbox.LISTENER)
                .map((row, context) -> endpoint(row))
                .list();
    }

    /** All of them, kept as they are for the rest of the transaction. */
    List<Endpoint> lockAll() {
        return tx.query(SELECT + "starts_with(key, :prefix) order by key for update")
                .bind("prefix", Outbox.LISTENER)
                .map((row, context) -> endpoint(row))
                .list();
    }

    private static String key(EndpointId id) {
        return Outbox.LISTENER + id;
    }

    private static String value(Endpoint endpoint) {
        return Json.write(
                new Stored(
                        endpoint.config(),
                        endpoint.secrets(),
                        endpoint.health(),
                        endpoint.createdAt()));
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        Stored stored = Json.read(row.getString("value"), Stored.class);
        String id = row.getString("key").substring(Outbox.LISTENER.length());
        return new Endpoint(
                EndpointId.parse(id).orElseThrow(),
                stored.config(),
                stored.secrets(),
                stored.health(),
                row.getInt("version"),
                stored.createdAt(),
                Rows.instant(row, "updated_at"));
    }
}
