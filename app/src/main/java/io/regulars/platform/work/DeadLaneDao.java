package io.regulars.platform.work;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The SQL of {@code control.lane} about lanes that fail again and again. */
final class DeadLaneDao {

    private final Handle handle;

    DeadLaneDao(Handle handle) {
        this.handle = handle;
    }

    long countFailing(int atLeast) {
        return handle.createQuery(
                        "select count(*) from control.lane where failures > 0 and failures >= :atLeast")
                .bind("atLeast", atLeast)
                .mapTo(long.class)
                .one();
    }

    /** Gives lanes that failed too often another try at once. */
    int revive(int atLeast, Instant now) {
        return handle.createUpdate(
                        """
                        update control.lane
                           set failures = 0, ready = true, next_at = :now
                         where failures > 0 and failures >= :atLeast and leased_by is null
                        """)
                .bind("atLeast", atLeast)
                .bind("now", now)
                .execute();
    }
}
