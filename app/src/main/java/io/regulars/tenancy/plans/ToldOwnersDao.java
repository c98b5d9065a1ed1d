package io.regulars.tenancy.plans;

import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.told_owners}. */
public final class ToldOwnersDao {

    private final Handle handle;

    public ToldOwnersDao(Handle control) {
        this.handle = control;
    }

    /** Whether this is the first time; it is not any more then. */
    public boolean first(TenantId tenant, String what, Instant now) {
        return handle.createUpdate(
                                """
                                insert into control.told_owners (tenant_id, what, told_at)
                                values (:tenant, :what, :now)
                                on conflict do nothing
                                """)
                        .bind("tenant", tenant.uuid())
                        .bind("what", what)
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
