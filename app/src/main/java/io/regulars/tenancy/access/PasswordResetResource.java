package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Returns;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
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

/** A new password for one that was forgotten. Asking for it is answered alike for every address. */
@Tag(name = "Accounts")
@Path("/v1/password-resets")
@Produces(MediaType.APPLICATION_JSON)
public final class PasswordResetResource {

    private final ControlDb control;
    private final Clock clock;
    private final AccountMailer mailer;
    private final ResetPassword resetPassword;

    public PasswordResetResource(
            ControlDb control, Clock clock, AccountMailer mailer, ResetPassword resetPassword) {
        this.control = control;
        this.clock = clock;
        this.mailer = mailer;
        this.resetPassword = resetPassword;
    }

    public record PasswordResetRequest(@Nullable String email) {}

    public record PasswordResetAnswer(String status) {}

    public record PasswordResetConfirmation(@Nullable String token, @Nullable SecretText password) {
        @Override
        public String toString() {
            return "PasswordResetConfirmation";
        }
    }

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 202, value = PasswordResetAnswer.class)
    @Operation(summary = "Ask for a mail with a link to a new password")
    public Response request(PasswordResetRequest body) {
        Form form = new Form();
        String email = form.email("/email", body.email());
        form.check();
        boolean _ =
                control.inTransaction(handle ->
                        new AccountMailDao(handle)
                                .planAskedFor(
                                        PasswordResetLetter.TEMPLATE,
                                        email,
                                        null,
                                        "",
                                        clock.now()));
        mailer.wake();
        return Response.status(202).entity(new PasswordResetAnswer("accepted")).build();
    }

    @POST
    @Path("/confirm")
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Set a new password, with the token of the mail")
    public void confirm(@Context HttpServletRequest request, PasswordResetConfirmation body) {
        Form form = new Form();
        String token = form.line("/token", body.token(), 1000);
        form.check();
        resetPassword.handle(token, body.password(), ClientAddresses.networkOf(request));
    }
}
