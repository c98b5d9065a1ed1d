package io.regulars.platform.work;

import io.regulars.platform.db.TenantRef;
import io.regulars.platform.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings the times of tenants' work to the service's clock, which lanes follow.
 *
 * @param testNow what a test side's own clock shows: {@code tenant ->
 *     tenantDb.inTransaction(tenant, TenantTx::now)}
 */
public record TenantTime(Clock clock, Function<TenantRef, Instant> testNow) {

    Instant now(TenantRef tenant) {
        return tenant.isTest() ? testNow.apply(tenant) : clock.now();
    }

    static boolean isDue(Optional<Instant> next, Instant now) {
        return next.isPresent() && !next.get().isAfter(now);
    }

    /**
     * When a lane is to be served again. A test side's future does not come by itself, so there is
     * nothing to wait for: whoever moves its clock does what falls due.
     */
    Optional<Instant> onServiceClock(TenantRef tenant, Optional<Instant> next) {
        return tenant.isTest() && next.isPresent()
                ? onServiceClock(tenant, next, now(tenant))
                : next;
    }

    /** The same for whoever knows what the tenant's clock shows. */
    Optional<Instant> onServiceClock(TenantRef tenant, Optional<Instant> next, Instant tenantNow) {
        if (!tenant.isTest()) {
            return next;
        }
        return isDue(next, tenantNow) ? Optional.of(clock.now()) : Optional.empty();
    }
}
