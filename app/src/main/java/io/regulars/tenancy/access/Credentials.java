package io.regulars.tenancy.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What stands behind a secret. Looked up at most once in four seconds, which is for how long
 * another node may not know yet that it was revoked.
 */
public final class Credentials {

    private static final Duration STALE = Duration.ofSeconds(4);

    private final ControlDb control;
    private final Clock clock;
    private final LastUse lastUse;
    private final Cache<String, Optional<Credential>> known =
            Caffeine.newBuilder().expireAfterWrite(STALE).maximumSize(50_000).build();

    public Credentials(ControlDb control, Clock clock, LastUse lastUse) {
        this.control = control;
        this.clock = clock;
        this.lastUse = lastUse;
    }

    /** The credential, or empty where the secret is malformed, unknown, revoked or over. */
    Optional<Credential> find(String secret) {
        return ApiKeySecret.parse(secret)
                .map(ApiKeySecret::hash)
                .or(() -> SessionToken.parse(secret).map(SessionToken::hash))
                .flatMap(this::lookedUp)
                .filter(this::lasts);
    }

    private Optional<Credential> lookedUp(byte[] hash) {
        Optional<Credential> credential = known.get(key(hash), _ -> load(hash));
        credential.ifPresent(found -> {
            switch (found) {
                case Credential.Key key -> lastUse.ofKey(key.id());
                case Credential.Session _ -> lastUse.ofSession(hash);
            }
        });
        return credential;
    }

    private Optional<Credential> load(byte[] hash) {
        return control.inTransaction(handle ->
                new ApiKeyDao(handle)
                        .find(hash)
                        .or(() -> new SessionDao(handle).find(hash, clock.now())));
    }

    private boolean lasts(Credential credential) {
        return switch (credential) {
            case Credential.Key key ->
                    key.expiresAt() == null || clock.now().isBefore(key.expiresAt());
            case Credential.Session session -> clock.now().isBefore(session.expiresAt());
        };
    }

    /** To be called after the commit that revoked it. */
    void forget(byte[] hash) {
        known.invalidate(key(hash));
    }

    /** The same for all that belongs to a user. */
    public void forget(UserId user) {
        forget(c -> c instanceof Credential.Session session && session.user().equals(user));
    }

    /** The same for all that belongs to a tenant. */
    void forget(TenantId tenant) {
        forget(credential -> credential.tenant().equals(tenant));
    }

    private void forget(Predicate<Credential> which) {
        known.asMap().values().removeIf(credential -> credential.filter(which).isPresent());
    }

    private static String key(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
