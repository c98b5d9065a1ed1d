package io.regulars.tenancy.users;

import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.invitation}, with the shop they are for. */
final class InvitationDao {

    private final Handle handle;

    InvitationDao(Handle control) {
        this.handle = control;
    }

    /** An invitation to a shop that is not deleted. */
    record Invited(
            InvitationId id,
            TenantId tenant,
            String businessName,
            String locale,
            String email,
            Role role,
            Instant expiresAt) {}

    /** A second invitation of one address takes the place of the first, whose link is void then. */
    void insert(
            InvitationId id,
            TenantId tenant,
            String email,
            Role role,
            Instant now,
            Instant expiresAt) {
        handle.createUpdate(
                        """
                        insert into control.invitation (id, tenant_id, email, role, created_at, expires_at)
                        values (:id, :tenant, :email, :role, :now, :expires)
                        on conflict (tenant_id, email) do update
                           set id = excluded.id, role = excluded.role, created_at = excluded.created_at,
                               expires_at = excluded.expires_at
                        """)
                .bind("id", id.uuid())
                .bind("tenant", tenant.uuid())
                .bind("email", email)
                .bind("role", role.key())
                .bind("now", now)
                .bind("expires", expiresAt)
                .execute();
    }

    Optional<Invited> lock(InvitationId id, Instant now) {
        return handle.createQuery(
                        """
                        select i.id, i.tenant_id, t.business_name, t.locale, i.email, i.role, i.expires_at
                          from control.invitation i
                          join control.tenant t on t.id = i.tenant_id
                         where i.id = :id and i.expires_at > :now and t.state <> 'deleted'
                           for update of i
                        """)
                .bind("id", id.uuid())
                .bind("now", now)
                .map((row, ctx) ->
                        new Invited(
                                id,
                                new TenantId(row.getObject("tenant_id", UUID.class)),
                                row.getString("business_name"),
                                row.getString("locale"),
                                row.getString("email"),
                                Role.of(row.getString("role")),
                                row.getTimestamp("expires_at").toInstant()))
                .findOne();
    }

    /** Who is invited, held until the end of the transaction. */
    Optional<TeamDao.Colleague> find(TenantId tenant, InvitationId id, Instant now) {
        return handle.createQuery(
                        """
                        select email, role, created_at, expires_at from control.invitation
                         where id = :id and tenant_id = :tenant and expires_at > :now
                           for update
                        """)
                .bind("id", id.uuid())
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .map((row, ctx) ->
                        new TeamDao.Colleague(
                                id.uuid(),
                                true,
                                row.getString("email"),
                                Role.of(row.getString("role")),
                                row.getTimestamp("created_at").toInstant(),
                                null,
                                row.getTimestamp("expires_at").toInstant()))
                .findOne();
    }

    void changeRole(TenantId tenant, InvitationId id, Role role) {
        handle.createUpdate(
                        "update control.invitation set role = :role where id = :id and tenant_id = :tenant")
                .bind("role", role.key())
                .bind("id", id.uuid())
                .bind("tenant", tenant.uuid())
                .execute();
    }

    boolean delete(TenantId tenant, InvitationId id) {
        return handle.createUpdate(
                                "delete from control.invitation where id = :id and tenant_id = :tenant")
                        .bind("id", id.uuid())
                        .bind("tenant", tenant.uuid())
                        .execute()
                == 1;
    }

    int forget(Instant expiredBefore) {
        return handle.createUpdate("delete from control.invitation where expires_at < :before")
                .bind("before", expiredBefore)
                .execute();
    }
}
