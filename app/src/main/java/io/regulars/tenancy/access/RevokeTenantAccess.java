package io.regulars.tenancy.access;

import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Revokes every key and session of a tenant, within the transaction that deletes it. */
public final class RevokeTenantAccess {

    private final Credentials credentials;

    public RevokeTenantAccess(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * Revokes them.
     *
     * @return what to run after the commit: this node then forgets the credentials at once
     */
    public Runnable handle(Handle control, TenantId tenant, Instant now) {
        new ApiKeyDao(control).revokeAll(tenant, now);
        new SessionDao(control).revokeAll(tenant, now);
        return () -> credentials.forget(tenant);
    }
}
