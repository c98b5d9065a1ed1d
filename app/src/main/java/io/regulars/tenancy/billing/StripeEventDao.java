package io.regulars.tenancy.billing;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.stripe_event}. */
final class StripeEventDao {

    private final Handle handle;

    StripeEventDao(Handle control) {
        this.handle = control;
    }

    record Waiting(String id, String type, @Nullable String customer) {}

    /** False where it is there already. */
    boolean insert(String id, String type, @Nullable String customer, Instant now) {
        return handle.createUpdate(
                                """
                                insert into control.stripe_event (id, type, customer, received_at, next_try_at)
                                values (:id, :type, :customer, :now, :now)
                                on conflict do nothing
                                """)
                        .bind("id", id)
                        .bind("type", type)
                        .bind("customer", customer)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** The one that is due for longest; held until the end of the transaction. */
    Optional<Waiting> next(Instant now) {
        return handle.createQuery(
                        """
                        select id, type, customer from control.stripe_event
                         where done_at is null and next_try_at <= :now
                         order by next_try_at
                         limit 1
                           for update skip locked
                        """)
                .bind("now", now)
                .map((row, ctx) ->
                        new Waiting(
                                row.getString("id"),
                                row.getString("type"),
                                row.getString("customer")))
                .findOne();
    }

    void done(String id, Instant now) {
        handle.createUpdate("update control.stripe_event set done_at = :now where id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    /** It is tried again, more and more seldom, for as long as it is kept. */
    void failed(String id, String error, Instant now) {
        handle.createUpdate(
                        """
                        update control.stripe_event
                           set attempts = attempts + 1, last_error = :error,
                               next_try_at = :now::timestamptz + least((attempts + 1) * (attempts + 1), 3600) * interval '1 second'
                         where id = :id
                        """)
                .bind("error", error)
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    int forget(Instant before, int limit) {
        return handle.createUpdate(
                        """
                        delete from control.stripe_event
                         where id in (select id from control.stripe_event where received_at < :before limit :limit)
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }
}
