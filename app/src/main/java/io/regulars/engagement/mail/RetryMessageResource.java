package io.regulars.engagement.mail;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.mail.MessageResource.MessageView;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Set;

@Path("/v1/messages/{id}/retry")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class RetryMessageResource {

    /** What nobody will try again by itself. */
    private static final Set<String> DEAD = Set.of("failed", "unknown");

    private static final Duration TIME = Duration.ofHours(1);

    private final TenantDb tenants;
    private final Lanes lanes;

    RetryMessageResource(TenantDb tenants, Lanes lanes) {
        this.tenants = tenants;
        this.lanes = lanes;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(MessageView.class)
    @Operation(
            summary =
                    "Send a message again that failed, or of which it is unknown whether it arrived",
            description =
                    "GET /v1/messages?state=failed lists them. Consent and the list of addresses that refused mail are asked again;"
                            + " one that is unknown may arrive twice.")
    public MessageView retry(@Auth Caller caller, @PathParam("id") String id) {
        return tenants.inTransaction(caller.tenant(), tx -> retry(tx, id));
    }

    private MessageView retry(TenantTx tx, String id) {
        MessageDao dao = new MessageDao(tx);
        MessageId messageId = MessageId.parse(id).orElseThrow(() -> Problem.notFound("message"));
        MessageRow message =
                dao.findLocked(messageId).orElseThrow(() -> Problem.notFound("message"));
        if (!DEAD.contains(message.state())) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "The message is "
                            + message.state()
                            + "; only failed and unknown ones are sent again.");
        }
        dao.revive(messageId, tx.now().plus(TIME));
        tx.afterCommit(() -> lanes.note(Messages.QUEUE, tx.tenant()));
        return MessageView.of(dao.find(messageId).orElseThrow());
    }
}
