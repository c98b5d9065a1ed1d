package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.RevokeTenantAccess;
import io.regulars.tenancy.audit.AuditDao;
import java.util.Map;

/** The operator's say over a tenant. Each call may be repeated; a deleted tenant stays deleted. */
public final class TenantStates {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;
    private final RevokeTenantAccess revokeAccess;

    public TenantStates(
            ControlDb control,
            Clock clock,
            TenantDirectory directory,
            RevokeTenantAccess revokeAccess) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
        this.revokeAccess = revokeAccess;
    }

    /** Answers nothing but {@code tenant_suspended}, and does no work, until it is resumed. */
    public void suspend(TenantId id) {
        change(id, TenantState.SUSPENDED);
    }

    public void resume(TenantId id) {
        change(id, TenantState.ACTIVE);
    }

    /**
     * Ends the tenant, revokes its keys and sessions, and forgets who it was and who worked for it.
     * Its data is dropped later, by another hand.
     */
    public void delete(TenantId id) {
        change(id, TenantState.DELETED);
    }

    private void change(TenantId id, TenantState state) {
        Runnable afterCommit =
                control.inTransaction(handle -> {
                    TenantDao tenants = new TenantDao(handle);
                    Tenant tenant = tenants.lock(id).orElseThrow(() -> Problem.notFound("shop"));
                    if (tenant.state() == TenantState.DELETED && state != TenantState.DELETED) {
                        throw Problem.of(ProblemType.CONFLICT, "This shop is deleted.");
                    }
                    if (tenant.state() != state) {
                        tenants.setState(id, state, clock.now());
                        new AuditDao(handle)
                                .note(
                                        id,
                                        "tenant." + state.key(),
                                        id.toString(),
                                        Map.of("state", tenant.state().key()),
                                        Map.of("state", state.key()),
                                        clock.now());
                    }
                    if (state != TenantState.DELETED) {
                        return () -> {};
                    }
                    Runnable forgetCredentials = revokeAccess.handle(handle, id, clock.now());
                    tenants.forgetPeople(id);
                    return forgetCredentials;
                });
        directory.forget(id);
        afterCommit.run();
    }
}
