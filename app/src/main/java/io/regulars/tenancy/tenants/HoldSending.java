package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.audit.AuditDao;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The operator's hand on a shop's mail: held, it waits, and only the operator lets it go again;
 * trusted, the shop may send as much as its plan says. Each call may be repeated.
 */
public final class HoldSending {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;

    public HoldSending(ControlDb control, Clock clock, TenantDirectory directory) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
    }

    /**
     * Holds all mail to members.
     *
     * @param because what the shop reads about it
     */
    public void hold(TenantId id, String because) {
        change(
                id,
                "sending.held",
                Map.of("because", because),
                tenants -> tenants.setHold(id, because, clock.now()));
    }

    /** Lets go; what waited is to be released by the caller. */
    public void release(TenantId id) {
        change(id, "sending.released", Map.of(), tenants -> tenants.setHold(id, null, clock.now()));
    }

    /** Ends the limit for new shops, by the operator's word or because the shop has shown it. */
    public void trust(TenantId id) {
        change(id, "sending.trusted", Map.of(), tenants -> tenants.setTrusted(id, clock.now()));
    }

    private interface Change {
        void on(TenantDao tenants);
    }

    private void change(TenantId id, String action, Map<String, String> after, Change change) {
        control.run(handle -> {
            TenantDao tenants = new TenantDao(handle);
            Tenant tenant = tenants.lock(id).orElseThrow(() -> Problem.notFound("shop"));
            Map<String, String> before = new LinkedHashMap<>();
            if (tenant.standing().heldBecause() != null) {
                before.put("because", tenant.standing().heldBecause());
            }
            change.on(tenants);
            new AuditDao(handle).note(id, action, id.toString(), before, after, clock.now());
        });
        directory.forget(id);
    }
}
