package io.regulars.tenancy.access;

import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.retries.ShownOnce;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.forms.Form;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logging in and out. */
@Tag(name = "Accounts")
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {

    private final LogIn logIn;
    private final ControlDb control;
    private final Clock clock;
    private final Credentials credentials;

    public SessionResource(LogIn logIn, ControlDb control, Clock clock, Credentials credentials) {
        this.logIn = logIn;
        this.control = control;
        this.clock = clock;
        this.credentials = credentials;
    }

    /**
     * A log-in.
     *
     * @param tenant which of the person's shops; absent: the one they have had longest
     */
    public record NewSession(
            @Nullable String email, @Nullable SecretText password, @Nullable String tenant) {}

    /**
     * A session, in one shop.
     *
     * @param tenants all shops of the person; who means another one logs in again and names it
     */
    public record Session(
            @ShownOnce SessionToken token,
            Instant expiresAt,
            SessionTenant tenant,
            List<SessionTenant> tenants) {}

    public record SessionTenant(TenantId id, String businessName) {

        static SessionTenant of(UserDao.Shop shop) {
            return new SessionTenant(shop.id(), shop.businessName());
        }
    }

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 201, value = Session.class)
    @Operation(summary = "Sign in with e-mail address and password")
    public Response open(@Context HttpServletRequest request, NewSession body) {
        Form form = new Form();
        String email = form.line("/email", body.email(), 254);
        SecretText password = body.password();
        if (password == null) {
            form.refuse("/password", "required", "Must be there, and not empty.");
            password = new SecretText("");
        }
        form.check();
        LogIn.Entered entered =
                logIn.handle(email, password, body.tenant(), ClientAddresses.networkOf(request));
        Session session =
                new Session(
                        entered.session().token(),
                        entered.session().expiresAt(),
                        SessionTenant.of(entered.shop()),
                        entered.shops().stream().map(SessionTenant::of).toList());
        return Response.status(201).entity(session).build();
    }

    @DELETE
    @Path("/current")
    @AllowedTo(Audience.LOOKUP)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Sign out")
    public void close(
            @Auth Caller caller,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        byte[] hash =
                Authentication.secret(authorization)
                        .flatMap(SessionToken::parse)
                        .orElseThrow(() ->
                                Problem.of(
                                        ProblemType.CONFLICT,
                                        caller.actor()
                                                + " is an API key; it has no session to end."))
                        .hash();
        control.run(handle -> new SessionDao(handle).revoke(hash, clock.now()));
        credentials.forget(hash);
    }
}
