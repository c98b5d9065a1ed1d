package io.regulars.platform.retries;

import io.regulars.platform.db.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of kept answers: a tenant's own, or control's for calls without a tenant. */
final class RetryDao {

    private final Handle handle;
    private final String table;

    /**
     * @param table {@code <t>.idempotency} or {@code control.idempotency}
     */
    RetryDao(Handle handle, String table) {
        this.handle = handle;
        this.table = table;
    }

    /**
     * What is there under a key.
     *
     * @param answer null while the call is still running
     */
    record Row(String fingerprint, @Nullable StoredAnswer answer, @Nullable Instant leaseUntil) {}

    /** Takes the key for this transaction; false when another one has it. */
    boolean take(KeyedCall call, String scope) {
        return handle.createQuery("select pg_try_advisory_xact_lock(hashtextextended(:key, 0))")
                .bind("key", scope + " " + call.path() + " " + call.key())
                .mapTo(boolean.class)
                .one();
    }

    Optional<Row> find(KeyedCall call) {
        return handle.createQuery(
                        "select fingerprint, status, body, etag, lease_until, created_at from "
                                + table
                                + " where path = :path and key = :key")
                .bind("path", call.path())
                .bind("key", call.key())
                .map((row, context) -> {
                    int status = row.getInt("status");
                    boolean running = row.wasNull();
                    return new Row(
                            row.getString("fingerprint"),
                            running
                                    ? null
                                    : new StoredAnswer(
                                            status,
                                            row.getString("body"),
                                            row.getString("etag"),
                                            Rows.instant(row, "created_at")),
                            Rows.instantOrNull(row, "lease_until"));
                })
                .findOne();
    }

    int put(
            KeyedCall call,
            @Nullable StoredAnswer answer,
            @Nullable Instant leaseUntil,
            Instant now) {
        return handle.createUpdate(
                        "insert into "
                                + table
                                + " as i"
                                + """
                                 (path, key, fingerprint, status, body, etag, lease_until, kept, created_at)
                                values (:path, :key, :fingerprint, :status, :body, :etag, :lease, :kept, :now)
                                on conflict (path, key) do update
                                   set status = excluded.status, body = excluded.body, etag = excluded.etag,
                                       lease_until = excluded.lease_until, fingerprint = excluded.fingerprint
                                """)
                .bind("path", call.path())
                .bind("key", call.key())
                .bind(
                        "fingerprint",
                        answer == null ? call.fingerprint().soFar() : call.fingerprint().whole())
                .bind("status", answer == null ? null : answer.status())
                .bind("body", answer == null ? null : answer.body())
                .bind("etag", answer == null ? null : answer.etag())
                .bind("lease", leaseUntil)
                .bind("kept", call.keeps())
                .bind("now", now)
                .execute();
    }

    int remove(KeyedCall call) {
        return handle.createUpdate("delete from " + table + " where path = :path and key = :key")
                .bind("path", call.path())
                .bind("key", call.key())
                .execute();
    }

    /**
     * Takes the answers away in which one of these texts stands, and keeps that they were given.
     */
    int forgetAnswersWith(List<String> texts) {
        return handle.createUpdate(
                        "update "
                                + table
                                + " set status = :forgotten, body = null, etag = null where body like any (:patterns)")
                .bind("forgotten", StoredAnswer.FORGOTTEN)
                .bindArray(
                        "patterns", String.class, texts.stream().map(t -> "%" + t + "%").toList())
                .execute();
    }

    int removeBefore(Instant moment) {
        return handle.createUpdate(
                        "delete from " + table + " where created_at < :before and not kept")
                .bind("before", moment)
                .execute();
    }
}
