package io.regulars.engagement.mail;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.mail.Suppressions.Suppression;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

@Path("/v1/suppressions")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SuppressionResource {

    private final TenantDb tenants;

    SuppressionResource(TenantDb tenants) {
        this.tenants = tenants;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = SuppressionView.class, page = true)
    @Operation(
            summary = "The addresses to which nothing is sent",
            description =
                    "Reasons: hard_bounce (it does not work), complaint (its reader called a mail spam), manual.")
    public Page<SuppressionView> list(@Auth Caller caller, @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(), tx -> new Suppressions(tx).page(page).map(SuppressionView::of));
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = SuppressionView.class)
    @Operation(summary = "Send nothing to an address any more")
    public Response add(@Auth Caller caller, NewSuppression body) {
        if (body.email() == null || !Mailbox.accepts(body.email().strip())) {
            throw Problem.invalid("/email", "invalid_email", "Must be an e-mail address.");
        }
        Suppression suppression =
                tenants.inTransaction(
                        caller.tenant(), tx -> new Suppressions(tx).add(body.email()));
        return Response.status(Response.Status.CREATED)
                .entity(SuppressionView.of(suppression))
                .build();
    }

    @DELETE
    @Path("/{email}")
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 204, value = Void.class)
    @Operation(
            summary = "Let an address be written to again",
            description = "Only where you know better than the mail server that refused it.")
    public void remove(@Auth Caller caller, @PathParam("email") String email) {
        boolean removed =
                tenants.inTransaction(caller.tenant(), tx -> new Suppressions(tx).remove(email));
        if (!removed) {
            throw Problem.notFound("suppression");
        }
    }

    record NewSuppression(@Schema(example = "lan@example.com") String email) {}

    record SuppressionView(String email, String reason, Instant createdAt) {

        static SuppressionView of(Suppression row) {
            return new SuppressionView(row.email(), row.reason(), row.createdAt());
        }
    }
}
