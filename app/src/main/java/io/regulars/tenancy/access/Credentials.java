package io.regulars.tenancy.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What stands behind a secret. Looked up at most once in four seconds, which is for how long
 * another node may not know yet that it was revoked; unknown secrets are not remembered.
 */
public final class Credentials {

    private static final Duration STALE = Duration.ofSeconds(4);

    private final ControlDb control;
    private final Clock clock;
    private final LastUse lastUse;
    private final Cache<ByteBuffer, Credential> known =
            Caffeine.newBuilder().expireAfterWrite(STALE).maximumSize(50_000).build();

    public Credentials(ControlDb control, Clock clock, LastUse lastUse) {
        this.control = control;
        this.clock = clock;
        this.lastUse = lastUse;
    }

    /** The credential, or empty where the secret is malformed, unknown, revoked or over. */
    Optional<Credential> find(String secret) {
        Optional<Credential> found =
                ApiKeySecret.parse(secret)
                        .map(ApiKeySecret::hash)
                        .or(() -> SessionToken.parse(secret).map(SessionToken::hash))
                        .flatMap(this::lookedUp)
                        .filter(this::lasts);
        return found;
    }

    private Optional<Credential> lookedUp(byte[] hash) {
        // Null is how the cache is told to remember nothing.
        Credential credential =
                known.get(ByteBuffer.wrap(hash), key -> load(key.array()).orElse(null));
        if (credential instanceof Credential.Key key) {
            lastUse.ofKey(key.id());
        } else if (credential instanceof Credential.Session) {
            lastUse.ofSession(hash);
        }
        return Optional.ofNullable(credential);
    }

    private Optional<Credential> load(byte[] hash) {
        return control.inTransaction(handle ->
                new ApiKeyDao(handle).find(hash).or(() -> new SessionDao(handle).find(hash)));
    }

    private boolean lasts(Credential credential) {
        return switch (credential) {
            case Credential.Key _ -> true;
            case Credential.Session session -> clock.now().isBefore(session.expiresAt());
        };
    }

    /** To be called after the commit that revoked it. */
    void forget(byte[] hash) {
        known.invalidate(ByteBuffer.wrap(hash));
    }

    /** The same for all that belongs to a user. */
    void forget(UserId user) {
        known.asMap()
                .values()
                .removeIf(c -> c instanceof Credential.Session s && s.user().equals(user));
    }

    /** The same for all that belongs to a tenant. */
    void forget(TenantId tenant) {
        known.asMap().values().removeIf(c -> c.tenant().equals(tenant));
    }
}
