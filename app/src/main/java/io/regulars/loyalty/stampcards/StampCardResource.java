package io.regulars.loyalty.stampcards;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.stampcards.StampCardViews.StampCardView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.function.Function;

@Path("/v1/members/{id}/stamp-cards")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
public final class StampCardResource {

    private final TenantDb tenants;
    private final Programs programs;

    public StampCardResource(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = StampCardView.class, page = true)
    @Operation(summary = "A member's stamp cards")
    public Page<StampCardView> ofMember(
            @Auth Caller caller, @PathParam("id") String id, @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    MemberId member = MemberDirectory.requireInPath(tx, id).id();
                    Map<String, Long> stamps =
                            Accounts.find(tx, member.uuid()).map(Account::stamps).orElse(Map.of());
                    return page.cut(
                            StampCardViews.of(tx, programs.inForce(tx).program(), member, stamps),
                            StampCardView::key,
                            Function.identity());
                });
    }
}
