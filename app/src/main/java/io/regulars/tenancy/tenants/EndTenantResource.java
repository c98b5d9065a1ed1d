package io.regulars.tenancy.tenants;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import org.glassfish.jersey.server.CloseableService;
import org.jspecify.annotations.Nullable;

/** The end of a shop, and all of it in one file. */
@Tag(name = "Shop")
@Path("/v1/tenant")
@Produces(MediaType.APPLICATION_JSON)
public final class EndTenantResource {

    private final EndTenant endTenant;
    private final SpoolArchives archives;

    public EndTenantResource(EndTenant endTenant, SpoolArchives archives) {
        this.endTenant = endTenant;
        this.archives = archives;
    }

    /** When the shop will be deleted. */
    public record Ending(@Nullable Instant deletionDueAt) {}

    @DELETE
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(status = 202, value = Ending.class)
    @Operation(
            summary = "Delete the shop in 30 days",
            description =
                    "confirm is the shop's id. Mail to members stops at once; until the day POST /v1/tenant/keep takes it back.")
    public Response end(@Auth Caller caller, @QueryParam("confirm") @Nullable String confirm) {
        if (!caller.tenant().id().toString().equals(confirm)) {
            throw Problem.invalid(
                    "?confirm", "not_confirmed", "Repeat the shop's id in confirm to delete it.");
        }
        return Response.status(202).entity(new Ending(endTenant.ask(caller.tenant().id()))).build();
    }

    @POST
    @Path("/keep")
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(Ending.class)
    @Operation(summary = "Do not delete the shop after all")
    public Ending keep(@Auth Caller caller) {
        endTenant.keep(caller.tenant().id());
        return new Ending(null);
    }

    @POST
    @Path("/export")
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Produces("application/zip")
    @Returns(byte[].class)
    @Operation(
            summary = "Everything of the shop in one archive",
            description =
                    "Each side as it is at one moment; regulars tenants restore makes a new shop of it. One at a time: 409 while another is being written or fetched.")
    public Response export(@Auth Caller caller, @Context CloseableService atTheEnd) {
        SpoolArchives.Spooled spooled = archives.spool(caller.tenant().id());
        // Closed with the request, also where the answer is never begun.
        atTheEnd.add(spooled);
        StreamingOutput archive = spooled::writeTo;
        return Response.ok(archive, "application/zip")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + caller.tenant().id() + ".zip\"")
                .build();
    }
}
