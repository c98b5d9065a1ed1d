package io.regulars.tenancy.tenants;

import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Registers a new tenant with a schema of its own. It is seen by nobody until {@link PrepareSide}
 * has been there.
 */
public final class FoundTenant {

    private final SpareSchemas spares;
    private final Clock clock;

    public FoundTenant(SpareSchemas spares, Clock clock) {
        this.spares = spares;
        this.clock = clock;
    }

    /** What is known of a shop when it begins. */
    public record Details(
            String businessName,
            String country,
            ZoneId zone,
            Locale locale,
            String currency,
            @Nullable String preset) {}

    /** Marks a shop that was signed up from an address for ten minutes. */
    public static void markDisposable(Handle control, TenantId tenant) {
        new TenantDao(control).setDisposableSignup(tenant);
    }

    /**
     * Runs the work in one control transaction, in which it may found a tenant. It may run more
     * than once; what counts is the run that was committed.
     */
    public <R> R within(BiFunction<Handle, Function<Details, TenantId>, R> work) {
        return spares.claiming((handle, claim) ->
                work.apply(
                        handle,
                        details -> {
                            TenantId id = TenantId.next();
                            new TenantDao(handle).insert(id, details, claim.get(), clock.now());
                            return id;
                        }));
    }
}
