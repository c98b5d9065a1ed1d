package io.regulars.tenancy.tenants;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.TenantId;

/** Makes a tenant's test side when it is first used. */
public final class TestSides {

    private final SpareSchemas spares;
    private final PrepareSide prepareSide;

    public TestSides(SpareSchemas spares, PrepareSide prepareSide) {
        this.spares = spares;
        this.prepareSide = prepareSide;
    }

    /**
     * The test side, ready for use. Of several first uses at once one claims the schema, and all
     * get that one.
     */
    public TenantRef ensure(TenantId id) {
        boolean there =
                spares.claiming((handle, claim) -> {
                    TenantDao tenants = new TenantDao(handle);
                    return tenants.lock(id)
                            .map(tenant -> {
                                if (tenant.test() == null) {
                                    tenants.setTestSchema(id, claim.get());
                                }
                                return true;
                            })
                            .orElse(false);
                });
        if (!there) {
            throw Problem.notFound("shop");
        }
        return prepareSide.handle(id, Side.TEST);
    }
}
