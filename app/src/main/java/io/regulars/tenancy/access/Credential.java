package io.regulars.tenancy.access;

import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands behind a secret that is known and not revoked. */
sealed interface Credential {

    TenantId tenant();

    Actor actor();

    Scope scope();

    /** Opens the side it was made for. */
    record Key(ApiKeyId id, TenantId tenant, Side side, Scope scope, @Nullable Instant expiresAt)
            implements Credential {
        @Override
        public Actor actor() {
            return Actor.of(id);
        }
    }

    /** Opens either side. */
    record Session(UserId user, TenantId tenant, Role role, Instant expiresAt)
            implements Credential {
        @Override
        public Actor actor() {
            return Actor.of(user);
        }

        @Override
        public Scope scope() {
            return role.scope();
        }
    }
}
