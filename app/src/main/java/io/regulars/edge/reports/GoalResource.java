package io.regulars.edge.reports;

import io.dropwizard.auth.Auth;
import io.regulars.edge.reports.Goals.GoalView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

@Path("/v1/goals")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GoalResource {

    private final TenantDb tenants;
    private final Reports reports;

    GoalResource(TenantDb tenants, Reports reports) {
        this.tenants = tenants;
        this.reports = reports;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = GoalView.class, page = true)
    @Operation(summary = "The shop's goals, with their present values")
    public Page<GoalView> get(@Auth Caller caller, @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        page.cut(
                                Goals.views(tx, overview(tx)),
                                GoalView::metric,
                                Function.identity()));
    }

    @PUT
    @AllowedTo(Audience.MARKETING)
    @Returns(GoalsView.class)
    @Operation(
            summary = "Set a goal",
            description =
                    "In place of the one for the same metric, a figure of the overview. Money in minor units, shares from 0 to 1.")
    public GoalsView put(@Auth Caller caller, GoalRequest body) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Report overview = overview(tx);
                    Goals.set(tx, body.metric(), body.target(), body.by(), overview);
                    return view(tx, overview);
                });
    }

    private Report overview(TenantTx tx) {
        return reports.make(tx, new Reports.Question(Reports.Kind.OVERVIEW, null, null, null));
    }

    private static GoalsView view(TenantTx tx, Report overview) {
        return new GoalsView(Goals.views(tx, overview));
    }

    /**
     * @param metric a figure of the overview
     * @param by the day on which it should be reached
     */
    record GoalRequest(String metric, double target, LocalDate by) {}

    record GoalsView(List<GoalView> data) {}
}
