package io.regulars.edge.reports;

import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import java.util.List;
import java.util.Set;

/** Makes the reports of a shop and its goals. */
public final class ReportsModule {

    private final TenantDb tenants;
    private final Reports reports;

    public ReportsModule(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.reports = new Reports(tenants, programs);
    }

    /** The room's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(ReportResource.class, GoalResource.class);
    }

    public List<Object> endpoints() {
        return List.of(new ReportResource(reports), new GoalResource(tenants, reports));
    }
}
