package io.regulars.tenancy.signups;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.retries.ShownOnce;
import io.regulars.tenancy.access.ApiKeyDao;
import io.regulars.tenancy.access.ApiKeyId;
import io.regulars.tenancy.access.ApiKeySecret;
import io.regulars.tenancy.access.SessionToken;
import io.regulars.tenancy.forms.Form;
import io.regulars.tenancy.signups.SignUp.NewSignup;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantResource.TenantView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A shop opens its own account. */
@Tag(name = "Accounts")
@Path("/v1/signups")
@Produces(MediaType.APPLICATION_JSON)
public final class SignupResource {

    private final SignUp signUp;
    private final VerifySignup verifySignup;
    private final TenantDirectory directory;

    public SignupResource(SignUp signUp, VerifySignup verifySignup, TenantDirectory directory) {
        this.signUp = signUp;
        this.verifySignup = verifySignup;
        this.directory = directory;
    }

    public record SignupAnswer(SignupId id, String status) {}

    public record SignupVerification(@Nullable String token) {
        @Override
        public String toString() {
            return "SignupVerification";
        }
    }

    /**
     * The only answer that ever shows these secrets.
     *
     * @param password set: the one of the signup; kept: who has an account already goes on logging
     *     in with its password
     */
    public record VerifiedSignup(
            TenantView tenant, FirstKeys apiKeys, FirstSession session, FirstPassword password) {}

    public enum FirstPassword {
        SET,
        KEPT
    }

    public record FirstKeys(FirstKey live, FirstKey test) {}

    public record FirstKey(ApiKeyId id, @ShownOnce ApiKeySecret secret) {
        static FirstKey of(ApiKeyDao.Issued issued) {
            return new FirstKey(issued.key().id(), issued.secret());
        }
    }

    public record FirstSession(@ShownOnce SessionToken token, Instant expiresAt) {}

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 202, value = SignupAnswer.class)
    @Operation(summary = "Open a shop; the mail that follows holds a token")
    public Response signUp(NewSignup body) {
        return Response.status(202)
                .entity(new SignupAnswer(signUp.handle(body), "verification_sent"))
                .build();
    }

    @POST
    @Path("/verify")
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 201, value = VerifiedSignup.class)
    @Operation(summary = "Confirm a signup with the token of its mail; answers the first keys")
    public Response verify(SignupVerification body) {
        Form form = new Form();
        String token = form.line("/token", body.token(), 1000);
        form.check();
        VerifySignup.Verified verified = verifySignup.handle(token);
        VerifiedSignup answer =
                new VerifiedSignup(
                        TenantView.of(directory.tenant(verified.tenant()).orElseThrow()),
                        new FirstKeys(
                                FirstKey.of(verified.liveKey()), FirstKey.of(verified.testKey())),
                        new FirstSession(
                                verified.session().token(), verified.session().expiresAt()),
                        verified.keepsPassword() ? FirstPassword.KEPT : FirstPassword.SET);
        return Response.status(201).entity(answer).build();
    }
}
