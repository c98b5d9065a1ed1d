package io.regulars.edge.pages;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.access.ResetPassword;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the link of a password mail leads: a form for the new one. */
@HtmlFaults
@Path("/p/{token}")
@Produces("text/html; charset=utf-8")
public final class PasswordPage {

    private final Pages pages;
    private final ResetPassword resetPassword;

    PasswordPage(Pages pages, ResetPassword resetPassword) {
        this.pages = pages;
        this.resetPassword = resetPassword;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return page(200, acceptLanguage, "asked", "");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response set(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @Context HttpServletRequest request,
            @FormParam("password") @Nullable String password) {
        try {
            resetPassword.handle(
                    token,
                    password == null ? null : new SecretText(password),
                    ClientAddresses.networkOf(request));
            return page(200, acceptLanguage, "done", "");
        } catch (Problem problem) {
            return switch (problem.type()) {
                case TOKEN_INVALID -> page(422, acceptLanguage, "void", "");
                case VALIDATION_FAILED -> page(422, acceptLanguage, "asked", problem.detail());
                default -> throw problem;
            };
        }
    }

    /**
     * @param trouble why the password was not taken; empty for none
     */
    private Response page(
            int status, @Nullable String acceptLanguage, String state, String trouble) {
        return pages.answer(
                status,
                Language.asked(acceptLanguage),
                "password",
                Map.of("state", state, "trouble", trouble));
    }
}
