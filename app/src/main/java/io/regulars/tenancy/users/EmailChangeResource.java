package io.regulars.tenancy.users;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.forms.Form;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Another e-mail address for whoever is logged in. */
@Tag(name = "Accounts")
@Path("/v1/email-changes")
@Produces(MediaType.APPLICATION_JSON)
public final class EmailChangeResource {

    private final ChangeEmail changeEmail;

    public EmailChangeResource(ChangeEmail changeEmail) {
        this.changeEmail = changeEmail;
    }

    /** The address wanted, and the password again. */
    public record NewEmail(@Nullable String email, @Nullable SecretText password) {
        @Override
        public String toString() {
            return "NewEmail";
        }
    }

    public record EmailChangeAnswer(String status) {}

    public record EmailConfirmation(@Nullable String token) {
        @Override
        public String toString() {
            return "EmailConfirmation";
        }
    }

    @POST
    @SpansTransactions
    @AllowedTo(Audience.LOOKUP)
    @Returns(status = 202, value = EmailChangeAnswer.class)
    @Operation(
            summary = "Ask for another e-mail address",
            description = "A link goes to the new address; nothing changes before it is used.")
    public Response ask(@Auth Caller caller, @Context HttpServletRequest request, NewEmail body) {
        UserId user =
                UserId.parse(caller.actor().id())
                        .orElseThrow(() ->
                                Problem.of(
                                        ProblemType.CONFLICT,
                                        "An API key has no e-mail address; log in."));
        Form form = new Form();
        String email = form.email("/email", body.email());
        SecretText password = body.password();
        if (password == null) {
            form.refuse("/password", "required", "Must be there, and not empty.");
            password = new SecretText("");
        }
        form.check();
        changeEmail.ask(user, email, password, ClientAddresses.networkOf(request));
        return Response.status(202).entity(new EmailChangeAnswer("verification_sent")).build();
    }

    @POST
    @Path("/confirm")
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Use the new address, with the token of the mail")
    public void confirm(EmailConfirmation body) {
        Form form = new Form();
        String token = form.line("/token", body.token(), 1000);
        form.check();
        changeEmail.confirm(token);
    }
}
