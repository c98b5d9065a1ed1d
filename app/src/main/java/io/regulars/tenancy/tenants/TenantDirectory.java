package io.regulars.tenancy.tenants;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.work.Sides;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tenants there are. What it answers from memory is at most four seconds old, on every node.
 */
public final class TenantDirectory implements Sides {

    private static final Duration STALE = Duration.ofSeconds(4);

    private final ControlDb control;
    private final TenantSchemas schemas;
    private final Cache<TenantId, Optional<Tenant>> known =
            Caffeine.newBuilder().expireAfterWrite(STALE).maximumSize(50_000).build();

    public TenantDirectory(ControlDb control, TenantSchemas schemas) {
        this.control = control;
        this.schemas = schemas;
    }

    /** The tenant, whatever its state. */
    public Optional<Tenant> tenant(TenantId id) {
        return known.get(id, this::load);
    }

    /**
     * The side, if work may be done on it now: empty when the tenant is deleted or suspended, when
     * the side was never used, and while its schema waits for its upgrade.
     */
    @Override
    public Optional<TenantRef> find(TenantId id, Side side) {
        return tenant(id)
                .filter(tenant -> tenant.state() == TenantState.ACTIVE)
                .flatMap(tenant -> open(tenant, side));
    }

    /**
     * The side, also of a suspended shop: for what its members may always do, such as saying no.
     * Empty when the tenant is deleted, when the side was never used, and while its schema waits
     * for its upgrade.
     */
    public Optional<TenantRef> findForMembers(TenantId id, Side side) {
        return tenant(id)
                .filter(tenant -> tenant.state() != TenantState.DELETED)
                .flatMap(tenant -> open(tenant, side));
    }

    /** Whether the shop, by its emergency switch, holds back all mail. */
    public boolean sendingStopped(TenantId id) {
        return tenant(id).map(Tenant::sendingStopped).orElse(true);
    }

    /** Read afresh. */
    @Override
    public List<TenantRef> after(Optional<TenantId> id, int limit) {
        Optional<TenantId> last = id;
        while (true) {
            Optional<TenantId> from = last;
            List<Tenant> tenants =
                    control.inTransaction(handle -> new TenantDao(handle).active(from, limit));
            List<TenantRef> refs = new ArrayList<>();
            for (Tenant tenant : tenants) {
                Stream.of(Side.values()).forEach(side -> open(tenant, side).ifPresent(refs::add));
            }
            // A page of which no schema can be served is not the end.
            if (!refs.isEmpty() || tenants.isEmpty()) {
                return List.copyOf(refs);
            }
            last = Optional.of(tenants.getLast().id());
        }
    }

    /** Every tenant, whatever its state, the oldest first; read afresh. */
    public List<Tenant> all() {
        return control.inTransaction(handle -> new TenantDao(handle).all());
    }

    /** To be called after the commit of a change. */
    public void forget(TenantId id) {
        known.invalidate(id);
    }

    private Optional<TenantRef> open(Tenant tenant, Side side) {
        return tenant.side(side)
                .filter(schema -> schema.prepared() && schemas.serves(schema.version()))
                .map(schema -> tenant.ref(side, schema));
    }

    private Optional<Tenant> load(TenantId id) {
        return control.inTransaction(handle -> new TenantDao(handle).find(id));
    }
}
