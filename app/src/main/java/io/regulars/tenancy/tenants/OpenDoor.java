package io.regulars.tenancy.tenants;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.TenantDoor;
import java.time.Duration;

/** Lets callers to their tenant's data, or says why not. */
public final class OpenDoor implements TenantDoor {

    private final TenantDirectory directory;
    private final TenantSchemas schemas;
    private final TestSides testSides;

    public OpenDoor(TenantDirectory directory, TenantSchemas schemas, TestSides testSides) {
        this.directory = directory;
        this.schemas = schemas;
        this.testSides = testSides;
    }

    @Override
    public TenantRef enter(TenantId id, Side side) {
        Tenant tenant =
                directory
                        .tenant(id)
                        .filter(found -> found.state() != TenantState.DELETED)
                        .orElseThrow(() ->
                                Problem.of(
                                        ProblemType.UNAUTHENTICATED,
                                        "There is no such shop any more."));
        if (tenant.state() == TenantState.SUSPENDED) {
            throw Problem.of(
                    ProblemType.TENANT_SUSPENDED,
                    "This shop is suspended; please contact support.");
        }
        return tenant.side(side)
                .filter(Tenant.SideSchema::prepared)
                .map(schema -> served(tenant, side, schema))
                .orElseGet(() -> firstUse(tenant, side));
    }

    private TenantRef served(Tenant tenant, Side side, Tenant.SideSchema schema) {
        if (!schemas.serves(schema.version())) {
            throw Problem.of(
                            ProblemType.SCHEMA_OUTDATED,
                            "This shop's data is being upgraded; try again in a moment.")
                    .retryAfter(Duration.ofSeconds(30));
        }
        return tenant.ref(side, schema);
    }

    private TenantRef firstUse(Tenant tenant, Side side) {
        if (side == Side.LIVE) {
            // Keys are handed out behind the preparation: this one was made by hand.
            throw Problem.of(ProblemType.UNAVAILABLE, "This shop is still being set up.")
                    .retryAfter(Duration.ofSeconds(5));
        }
        return testSides.ensure(tenant.id());
    }
}
