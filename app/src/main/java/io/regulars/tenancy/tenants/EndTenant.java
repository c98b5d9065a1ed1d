package io.regulars.tenancy.tenants;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Notice;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.audit.AuditDao;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a shop as its owner asked: thirty days later, for people change their minds and accounts are
 * stolen. Until then all mail to members is stopped and everything else is as before.
 */
public final class EndTenant {

    static final Duration GRACE = Duration.ofDays(30);
    private static final Logger LOG = LoggerFactory.getLogger(EndTenant.class);
    private static final String KIND = "tenant_deletion";

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;
    private final TenantStates states;
    private final TellOwners tellOwners;

    public EndTenant(
            ControlDb control,
            Clock clock,
            TenantDirectory directory,
            TenantStates states,
            TellOwners tellOwners) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
        this.states = states;
        this.tellOwners = tellOwners;
    }

    /** Answers when it will be; asked again, the same. */
    Instant ask(TenantId id) {
        Instant now = clock.now();
        Instant due =
                control.inTransaction(handle -> {
                    TenantDao tenants = new TenantDao(handle);
                    Tenant tenant = tenants.lock(id).orElseThrow(() -> Problem.notFound("shop"));
                    if (tenant.deletionDueAt() != null) {
                        return tenant.deletionDueAt();
                    }
                    tenants.setSending(id, true, now);
                    tenants.setDeletion(id, now.plus(GRACE), now);
                    note(new AuditDao(handle), id, now.plus(GRACE));
                    return now.plus(GRACE);
                });
        directory.forget(id);
        tellOwners.notice(id, KIND, id.toString());
        return due;
    }

    /** The shop stays. Its mail does not begin again by itself. */
    void keep(TenantId id) {
        control.run(handle -> {
            new TenantDao(handle).setDeletion(id, null, clock.now());
            note(new AuditDao(handle), id, null);
        });
        directory.forget(id);
    }

    private void note(AuditDao audit, TenantId id, @Nullable Instant due) {
        audit.note(
                id,
                due == null ? "tenant.kept" : "tenant.deletion_asked",
                id.toString(),
                Map.of(),
                due == null ? Map.of() : Map.of("deletion_due_at", due),
                clock.now());
    }

    /** Deletes those whose time has come; answers how many. */
    public int due() {
        List<TenantId> due =
                control.inTransaction(handle -> new TenantDao(handle).toDelete(clock.now()));
        for (TenantId id : due) {
            states.delete(id);
            LOG.info("{} was deleted, as its owner asked 30 days ago", id);
        }
        return due.size();
    }

    /** The mail that says when. */
    public NoticeSource notice() {
        return new NoticeSource() {
            @Override
            public String kind() {
                return KIND;
            }

            @Override
            public Optional<Notice> notice(String recipient, String about) {
                return TenantId.parse(about)
                        .flatMap(directory::tenant)
                        .filter(tenant -> tenant.deletionDueAt() != null)
                        .map(tenant -> {
                            Map<String, String> values = new HashMap<>();
                            values.put("business_name", tenant.businessName());
                            values.put(
                                    "day", String.valueOf(tenant.deletionDueAt()).substring(0, 10));
                            return new Notice(tenant.locale(), values, null);
                        });
            }
        };
    }
}
