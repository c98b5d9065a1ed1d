package io.regulars.edge.pages;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.users.AcceptInvitation;
import io.regulars.tenancy.users.InvitationNotice;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the link of an invitation leads. The button, and not the link, accepts it. */
@HtmlFaults
@Path("/i/{token}")
@Produces("text/html; charset=utf-8")
public final class InvitationPage {

    private final Pages pages;
    private final AcceptInvitation acceptInvitation;

    InvitationPage(Pages pages, AcceptInvitation acceptInvitation) {
        this.pages = pages;
        this.acceptInvitation = acceptInvitation;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return page(200, acceptLanguage, acceptInvitation.look(token), "asked", "");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response accept(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @FormParam("password") @Nullable String password) {
        Optional<AcceptInvitation.Invitation> invitation = acceptInvitation.look(token);
        try {
            acceptInvitation.handle(token, password == null ? null : new SecretText(password));
            return page(200, acceptLanguage, invitation, "done", "");
        } catch (Problem problem) {
            return switch (problem.type()) {
                case TOKEN_INVALID -> page(422, acceptLanguage, Optional.empty(), "void", "");
                case VALIDATION_FAILED ->
                        page(422, acceptLanguage, invitation, "asked", problem.detail());
                default -> throw problem;
            };
        }
    }

    private Response page(
            int status,
            @Nullable String acceptLanguage,
            Optional<AcceptInvitation.Invitation> invitation,
            String state,
            String trouble) {
        Language language =
                Language.of(
                        acceptLanguage,
                        invitation.map(found -> found.locale().toLanguageTag()).orElse(null));
        Map<String, Object> model = new HashMap<>();
        model.put("trouble", trouble);
        model.put("state", invitation.isPresent() ? state : "void");
        invitation.ifPresent(found -> {
            model.put("shop", found.businessName());
            model.put("email", found.email());
            model.put(
                    "role",
                    InvitationNotice.word(found.role(), Locale.forLanguageTag(language.tag())));
            model.put("needs_password", found.needsPassword());
        });
        return pages.answer(invitation.isPresent() ? status : 422, language, "invitation", model);
    }
}
