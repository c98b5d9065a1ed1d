package io.regulars.tenancy.access;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Rows of {@code control.api_key}. */
public final class ApiKeyDao {

    private static final RowMapper<Listed> LISTED =
            (row, ctx) ->
                    new Listed(
                            new ApiKeyId(row.getObject("id", UUID.class)),
                            row.getString("name"),
                            Scope.parse(row.getString("scope")).orElseThrow(),
                            Side.of(row.getString("side")),
                            row.getString("hint"),
                            row.getTimestamp("created_at").toInstant(),
                            instant(row.getTimestamp("last_used_at")),
                            instant(row.getTimestamp("expires_at")));

    private final Handle handle;

    public ApiKeyDao(Handle control) {
        this.handle = control;
    }

    /** A key that was just made; its secret is known here for the last time. */
    public record Issued(Listed key, ApiKeySecret secret) {}

    /** A key as its owner sees it later. */
    public record Listed(
            ApiKeyId id,
            @Nullable String name,
            Scope scope,
            Side mode,
            String hint,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {}

    public Issued issue(
            TenantId tenant, Side side, Scope scope, @Nullable String name, Instant now) {
        ApiKeySecret secret = ApiKeySecret.mint(side);
        Listed key = new Listed(ApiKeyId.next(), name, scope, side, secret.hint(), now, null, null);
        handle.createUpdate(
                        """
                        insert into control.api_key (id, tenant_id, side, scope, name, secret_hash, hint, created_at)
                        values (:id, :tenant, :side, :scope, :name, :hash, :hint, :now)
                        """)
                .bind("id", key.id().uuid())
                .bind("tenant", tenant.uuid())
                .bind("side", side.key())
                .bind("scope", scope.key())
                .bind("name", name)
                .bind("hash", secret.hash())
                .bind("hint", key.hint())
                .bind("now", now)
                .execute();
        return new Issued(key, secret);
    }

    Optional<Credential> find(byte[] hash) {
        return handle.createQuery(
                        """
                        select id, tenant_id, side, scope, expires_at from control.api_key
                         where secret_hash = :hash and revoked_at is null
                        """)
                .bind("hash", hash)
                .map((row, ctx) ->
                        (Credential)
                                new Credential.Key(
                                        new ApiKeyId(row.getObject("id", UUID.class)),
                                        new TenantId(row.getObject("tenant_id", UUID.class)),
                                        Side.of(row.getString("side")),
                                        Scope.parse(row.getString("scope")).orElseThrow(),
                                        instant(row.getTimestamp("expires_at"))))
                .findOne();
    }

    /** The key as it is listed, held until the end of the transaction. */
    Optional<Listed> lock(TenantId tenant, Optional<Side> side, ApiKeyId id, Instant now) {
        return handle.createQuery(
                        """
                        select id, name, scope, side, hint, created_at, last_used_at, expires_at
                          from control.api_key
                         where id = :id and tenant_id = :tenant and (:side::text is null or side = :side)
                           and revoked_at is null and (expires_at is null or expires_at > :now)
                           for update
                        """)
                .bind("id", id.uuid())
                .bind("tenant", tenant.uuid())
                .bind("side", side.map(Side::key).orElse(null))
                .bind("now", now)
                .map(LISTED)
                .findOne();
    }

    /** Has the key end then; answers the hash of its secret. */
    byte[] expire(ApiKeyId id, Instant at) {
        return handle.createQuery(
                        "update control.api_key set expires_at = :at where id = :id returning secret_hash")
                .bind("at", at)
                .bind("id", id.uuid())
                .mapTo(byte[].class)
                .one();
    }

    /** Newest first, those of one side or of both. */
    List<Listed> list(
            TenantId tenant,
            Optional<Side> side,
            Optional<ApiKeyId> before,
            Instant now,
            int limit) {
        return handle.createQuery(
                        """
                        select id, name, scope, side, hint, created_at, last_used_at, expires_at
                          from control.api_key
                         where tenant_id = :tenant
                           and revoked_at is null
                           and (expires_at is null or expires_at > :now)
                           and (:side::text is null or side = :side)
                           and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by id desc
                         limit :limit
                        """)
                .bind("tenant", tenant.uuid())
                .bind("side", side.map(Side::key).orElse(null))
                .bind("before", before.map(ApiKeyId::uuid).orElse(null))
                .bind("now", now)
                .bind("limit", limit)
                .map(LISTED)
                .list();
    }

    /**
     * Answers the hash of the key's secret, or empty where the tenant has no such key on this side.
     */
    Optional<byte[]> revoke(TenantId tenant, Optional<Side> side, ApiKeyId id, Instant now) {
        return handle.createQuery(
                        """
                        update control.api_key set revoked_at = coalesce(revoked_at, :now)
                         where id = :id and tenant_id = :tenant and (:side::text is null or side = :side)
                        returning secret_hash
                        """)
                .bind("id", id.uuid())
                .bind("tenant", tenant.uuid())
                .bind("side", side.map(Side::key).orElse(null))
                .bind("now", now)
                .mapTo(byte[].class)
                .findOne();
    }

    void revokeAll(TenantId tenant, Instant now) {
        handle.createUpdate(
                        """
                        update control.api_key set revoked_at = :now
                         where tenant_id = :tenant and revoked_at is null
                        """)
                .bind("tenant", tenant.uuid())
                .bind("now", now)
                .execute();
    }

    void used(List<UUID> ids, Instant now) {
        handle.createUpdate("update control.api_key set last_used_at = :now where id = any(:ids)")
                .bindArray("ids", UUID.class, ids)
                .bind("now", now)
                .execute();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
