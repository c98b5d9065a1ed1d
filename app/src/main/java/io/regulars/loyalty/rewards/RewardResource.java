package io.regulars.loyalty.rewards;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/v1/rewards")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
public final class RewardResource {

    private final TenantDb tenants;
    private final Programs programs;

    public RewardResource(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(Catalogue.class)
    @Operation(summary = "The rewards of the program in force")
    public Catalogue catalogue(@Auth Caller caller) {
        return new Catalogue(
                tenants.inTransaction(
                        caller.tenant(), tx -> programs.inForce(tx).program().rewards()));
    }

    record Catalogue(List<Reward> data) {}
}
