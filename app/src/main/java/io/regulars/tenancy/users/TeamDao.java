package io.regulars.tenancy.users;

import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A shop's rows of {@code control.membership}, together with its open invitations. */
final class TeamDao {

    private static final int VERSIONS = 1_000_000_000;

    private final Handle handle;

    TeamDao(Handle control) {
        this.handle = control;
    }

    /**
     * Somebody who works for the shop or is invited to.
     *
     * @param invited whether the id is an invitation's
     */
    record Colleague(
            UUID id,
            boolean invited,
            String email,
            Role role,
            Instant since,
            @Nullable Instant lastSeenAt,
            @Nullable Instant expiresAt) {

        /** Another number for another address or role, for an ETag; there is no more to change. */
        int version() {
            return Math.floorMod(Objects.hash(email, role.key()), VERSIONS);
        }
    }

    /** Newest ids first. */
    List<Colleague> page(TenantId tenant, @Nullable UUID before, Instant now, int limit) {
        return handle.createQuery(
                        """
                        select u.id, false as invited, u.email, m.role, m.created_at,
                               (select max(s.used_at) from control.session s
                                 where s.user_id = u.id and s.tenant_id = m.tenant_id) as last_seen_at,
                               null::timestamptz as expires_at
                          from control.membership m
                          join control.app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and u.id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                        union all
                        select i.id, true, i.email, i.role, i.created_at, null, i.expires_at
                          from control.invitation i
                         where i.tenant_id = :tenant and i.expires_at > :now
                           and i.id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by 1 desc
                         limit :limit
                        """)
                .bind("tenant", tenant.uuid())
                .bind("before", before)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, ctx) -> colleague(row))
                .list();
    }

    /** People and open invitations. */
    int size(TenantId tenant, Instant now) {
        return handle.createQuery(
                        """
                        select (select count(*) from control.membership where tenant_id = :tenant)
                             + (select count(*) from control.invitation
                                 where tenant_id = :tenant and expires_at > :now)
                        """)
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .mapTo(int.class)
                .one();
    }

    boolean belongs(TenantId tenant, String email) {
        return handle.createQuery(
                        """
                        select exists (select from control.membership m
                                         join control.app_user u on u.id = m.user_id
                                        where m.tenant_id = :tenant and u.email = :email)
                        """)
                .bind("tenant", tenant.uuid())
                .bind("email", email)
                .mapTo(boolean.class)
                .one();
    }

    /** The owners, held until the end of the transaction: nobody else takes one away meanwhile. */
    List<UserId> lockOwners(TenantId tenant) {
        return handle.createQuery(
                        """
                        select user_id from control.membership
                         where tenant_id = :tenant and role = 'owner'
                         order by user_id
                           for update
                        """)
                .bind("tenant", tenant.uuid())
                .mapTo(UUID.class)
                .map(UserId::new)
                .list();
    }

    Optional<Colleague> find(TenantId tenant, UserId user) {
        return handle.createQuery(
                        """
                        select u.id, false as invited, u.email, m.role, m.created_at,
                               (select max(s.used_at) from control.session s
                                 where s.user_id = u.id and s.tenant_id = m.tenant_id) as last_seen_at,
                               null::timestamptz as expires_at
                          from control.membership m
                          join control.app_user u on u.id = m.user_id
                         where m.tenant_id = :tenant and m.user_id = :user
                           for update of m
                        """)
                .bind("tenant", tenant.uuid())
                .bind("user", user.uuid())
                .map((row, ctx) -> colleague(row))
                .findOne();
    }

    /** The shops that the user belongs to. */
    List<TenantId> shopsOf(UserId user) {
        return handle.createQuery("select tenant_id from control.membership where user_id = :user")
                .bind("user", user.uuid())
                .mapTo(UUID.class)
                .map(TenantId::new)
                .list();
    }

    void changeRole(TenantId tenant, UserId user, Role role) {
        handle.createUpdate(
                        "update control.membership set role = :role where tenant_id = :tenant and user_id = :user")
                .bind("role", role.key())
                .bind("tenant", tenant.uuid())
                .bind("user", user.uuid())
                .execute();
    }

    void remove(TenantId tenant, UserId user) {
        handle.createUpdate(
                        "delete from control.membership where tenant_id = :tenant and user_id = :user")
                .bind("tenant", tenant.uuid())
                .bind("user", user.uuid())
                .execute();
    }

    private static Colleague colleague(ResultSet row) throws SQLException {
        return new Colleague(
                row.getObject("id", UUID.class),
                row.getBoolean("invited"),
                row.getString("email"),
                Role.of(row.getString("role")),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("last_seen_at")),
                instant(row.getTimestamp("expires_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
