package io.regulars.tenancy.access;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.login_throttle} and {@code control.login_place}. */
final class LoginThrottleDao {

    private final Handle handle;

    LoginThrottleDao(Handle control) {
        this.handle = control;
    }

    /** How often lately, this time included, and until when that counts. */
    record Count(int failures, Instant until) {}

    boolean isKnown(byte[] place, Instant since) {
        return handle.createQuery(
                        "select exists (select from control.login_place where place = :place and seen_at > :since)")
                .bind("place", place)
                .bind("since", since)
                .mapTo(boolean.class)
                .one();
    }

    Count count(byte[] key, Instant now, Duration window) {
        return handle.createQuery(
                        """
                        insert into control.login_throttle as t (key, failures, until)
                        values (:key, 1, :until)
                        on conflict (key) do update
                           set failures = case when t.until <= :now then 1 else t.failures + 1 end,
                               until = case when t.until <= :now then excluded.until else t.until end
                        returning failures, until
                        """)
                .bind("key", key)
                .bind("now", now)
                .bind("until", now.plus(window))
                .map((row, ctx) ->
                        new Count(row.getInt("failures"), row.getTimestamp("until").toInstant()))
                .one();
    }

    void takeBack(byte[] key) {
        handle.createUpdate(
                        "update control.login_throttle set failures = greatest(failures - 1, 0) where key = :key")
                .bind("key", key)
                .execute();
    }

    void clear(byte[] key) {
        handle.createUpdate("delete from control.login_throttle where key = :key")
                .bind("key", key)
                .execute();
    }

    void remember(byte[] place, Instant now) {
        handle.createUpdate(
                        """
                        insert into control.login_place (place, seen_at) values (:place, :now)
                        on conflict (place) do update set seen_at = excluded.seen_at
                        """)
                .bind("place", place)
                .bind("now", now)
                .execute();
    }

    int forget(Instant now, Instant placesBefore) {
        return handle.createUpdate("delete from control.login_throttle where until < :now")
                        .bind("now", now)
                        .execute()
                + handle.createUpdate("delete from control.login_place where seen_at < :before")
                        .bind("before", placesBefore)
                        .execute();
    }
}
