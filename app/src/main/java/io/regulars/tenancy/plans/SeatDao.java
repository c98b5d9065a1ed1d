package io.regulars.tenancy.plans;

import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Counts people in {@code control.membership} and {@code control.invitation}. */
final class SeatDao {

    private final Handle handle;

    SeatDao(Handle control) {
        this.handle = control;
    }

    int taken(TenantId tenant, Instant now) {
        return handle.createQuery(
                        """
                        select (select count(*) from control.membership where tenant_id = :tenant)
                             + (select count(*) from control.invitation
                                 where tenant_id = :tenant and expires_at > :now)
                        """)
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .mapTo(int.class)
                .one();
    }
}
