package io.regulars;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.work.TenantDirectory;
import java.util.List;
import java.util.Optional;

/** The registry of tenants, as the lanes want to see it. */
record Registry(io.regulars.tenancy.tenants.TenantDirectory tenants) implements TenantDirectory {

    @Override
    public Optional<TenantRef> find(TenantId id, Side side) {
        return tenants.find(id, side);
    }

    @Override
    public List<TenantRef> after(Optional<TenantId> id, int limit) {
        return tenants.active(id, limit);
    }
}
