package io.regulars.tenancy.access;

import io.regulars.platform.ids.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of {@code control.session}. */
public final class SessionDao {

    /** However much it is used. */
    private static final Duration LIFE = Duration.ofDays(14);

    /** Unused for so long, it is over. Its use is noted to the minute. */
    private static final Duration IDLE = Duration.ofDays(1);

    private final Handle handle;

    public SessionDao(Handle control) {
        this.handle = control;
    }

    /** A session that was just opened; its token is known here for the last time. */
    public record Opened(SessionToken token, Instant expiresAt) {}

    public Opened open(UserId user, TenantId tenant, Instant now) {
        Opened opened = new Opened(SessionToken.mint(), now.plus(LIFE));
        handle.createUpdate(
                        """
                        insert into control.session (token_hash, user_id, tenant_id, created_at, used_at, expires_at)
                        values (:hash, :user, :tenant, :now, :now, :expires)
                        """)
                .bind("hash", opened.token().hash())
                .bind("user", user.uuid())
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .bind("expires", opened.expiresAt())
                .execute();
        return opened;
    }

    Optional<Credential> find(byte[] hash, Instant now) {
        return handle.createQuery(
                        """
                        select s.user_id, s.tenant_id, m.role, s.expires_at
                          from control.session s
                          join control.membership m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
                         where s.token_hash = :hash and s.revoked_at is null and s.used_at > :idle
                        """)
                .bind("hash", hash)
                .bind("idle", now.minus(IDLE))
                .map((row, ctx) ->
                        (Credential)
                                new Credential.Session(
                                        new UserId(row.getObject("user_id", UUID.class)),
                                        new TenantId(row.getObject("tenant_id", UUID.class)),
                                        Role.of(row.getString("role")),
                                        row.getTimestamp("expires_at").toInstant()))
                .findOne();
    }

    void revoke(byte[] hash, Instant now) {
        handle.createUpdate(
                        "update control.session set revoked_at = :now where token_hash = :hash and revoked_at is null")
                .bind("hash", hash)
                .bind("now", now)
                .execute();
    }

    public void revokeAll(UserId user, Instant now) {
        handle.createUpdate(
                        "update control.session set revoked_at = :now where user_id = :user and revoked_at is null")
                .bind("user", user.uuid())
                .bind("now", now)
                .execute();
    }

    void revokeAll(TenantId tenant, Instant now) {
        handle.createUpdate(
                        "update control.session set revoked_at = :now where tenant_id = :tenant and revoked_at is null")
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .execute();
    }

    void used(List<byte[]> hashes, Instant now) {
        handle.createUpdate(
                        "update control.session set used_at = :now where token_hash = any(:hashes)")
                .bindArray("hashes", byte[].class, hashes)
                .bind("now", now)
                .execute();
    }

    /** Forgets sessions that ended before; answers how many. */
    public int forget(Instant endedBefore) {
        return handle.createUpdate("delete from control.session where expires_at < :before")
                .bind("before", endedBefore)
                .execute();
    }
}
