package io.regulars.tenancy.access;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.Audience;
import java.security.Principal;

/**
 * Who calls, on whose data, and what they may do; resources take it as {@code @Auth Caller}.
 *
 * @param tenant the side of the tenant that the credentials open
 */
public record Caller(TenantRef tenant, Actor actor, Scope scope) implements Principal {

    public boolean may(Audience audience) {
        return Permissions.scopes(audience).contains(scope);
    }

    /** Whether e-mail addresses and phone numbers are shown whole. */
    public boolean seesContactData() {
        return Permissions.seesContactData(scope);
    }

    @Override
    public String getName() {
        return actor.id();
    }
}
