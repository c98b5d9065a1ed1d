package io.regulars.platform.work;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.util.List;
import java.util.Optional;

/** Whom there is to work for, as the registry of tenants knows it. */
public interface TenantDirectory {

    /**
     * Empty where nobody is to be worked for, now: deleted, suspended, no such side. The lane is
     * dropped then; should the tenant come back, the sweeper finds what there is to do.
     */
    Optional<TenantRef> find(TenantId id, Side side);

    /**
     * The next tenants to be worked for, in the order of their ids: all sides of at most {@code
     * limit} tenants behind the given one, or from the first. Empty at the end.
     */
    List<TenantRef> after(Optional<TenantId> id, int limit);
}
