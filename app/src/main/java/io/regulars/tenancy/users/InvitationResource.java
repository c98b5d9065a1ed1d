package io.regulars.tenancy.users;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.retries.ShownOnce;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.SessionDao;
import io.regulars.tenancy.access.SessionToken;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.forms.Form;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The other end of an invitation. */
@Tag(name = "Accounts")
@Path("/v1/invitations/accept")
@Produces(MediaType.APPLICATION_JSON)
public final class InvitationResource {

    private final AcceptInvitation acceptInvitation;

    public InvitationResource(AcceptInvitation acceptInvitation) {
        this.acceptInvitation = acceptInvitation;
    }

    /**
     * The answer to an invitation.
     *
     * @param password of somebody who has no account with this address yet
     */
    public record InvitationAnswer(@Nullable String token, @Nullable SecretText password) {
        @Override
        public String toString() {
            return "InvitationAnswer";
        }
    }

    /**
     * Somebody who joined.
     *
     * @param session of somebody new; who has an account logs in
     */
    public record JoinedShop(
            UserId user, TenantId tenant, Role role, @Nullable JoinedSession session) {}

    public record JoinedSession(@ShownOnce SessionToken token, Instant expiresAt) {}

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 201, value = JoinedShop.class)
    @Operation(summary = "Accept an invitation with the token of its mail")
    public Response accept(InvitationAnswer body) {
        Form form = new Form();
        String token = form.line("/token", body.token(), 1000);
        form.check();
        AcceptInvitation.Accepted accepted = acceptInvitation.handle(token, body.password());
        SessionDao.Opened opened = accepted.session();
        return Response.status(201)
                .entity(
                        new JoinedShop(
                                accepted.user(),
                                accepted.tenant(),
                                accepted.role(),
                                opened == null
                                        ? null
                                        : new JoinedSession(opened.token(), opened.expiresAt())))
                .build();
    }
}
