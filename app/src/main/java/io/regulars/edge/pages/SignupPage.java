package io.regulars.edge.pages;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.signups.VerifySignup;
import io.regulars.tenancy.signups.VerifySignup.Invitation;
import io.regulars.tenancy.signups.VerifySignup.Verified;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the link of the signup's mail leads. The button, and not the link, opens the shop: its
 * answer is the only one that shows the keys, and must not go to a mail scanner. Members' links of
 * the same form are {@link ConfirmPage}'s.
 */
@HtmlFaults
@Path("/v/{token}")
@Produces("text/html; charset=utf-8")
public final class SignupPage {

    private final Pages pages;
    private final VerifySignup verifySignup;
    private final MemberAnswers answers;
    private final String base;

    SignupPage(Pages pages, VerifySignup verifySignup, MemberAnswers answers, URI publicUrl) {
        this.pages = pages;
        this.verifySignup = verifySignup;
        this.answers = answers;
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        Optional<Response> members = answers.show(token, acceptLanguage);
        if (members.isPresent()) {
            return members.get();
        }
        Optional<Invitation> found = verifySignup.look(token);
        if (found.isEmpty() || found.get().used()) {
            return dead(found, acceptLanguage);
        }
        Invitation invitation = found.get();
        return pages.answer(
                200,
                language(found, acceptLanguage),
                "signup",
                Map.of(
                        "shop",
                        invitation.businessName(),
                        "keeps_password",
                        invitation.keepsPassword()));
    }

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response open(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        Optional<Response> members = answers.act(token, acceptLanguage);
        if (members.isPresent()) {
            return members.get();
        }
        Optional<Invitation> found = verifySignup.look(token);
        if (found.isEmpty() || found.get().used()) {
            return dead(found, acceptLanguage);
        }
        try {
            return opened(found.get(), verifySignup.handle(token), language(found, acceptLanguage));
        } catch (Problem problem) {
            if (problem.type() != ProblemType.TOKEN_INVALID) {
                throw problem;
            }
            // Somebody was faster, mostly the same finger tapping twice.
            return dead(verifySignup.look(token), acceptLanguage);
        }
    }

    private Response opened(Invitation invitation, Verified verified, Language language) {
        Map<String, String> model =
                Map.of(
                        "shop", invitation.businessName(),
                        "tenant_id", verified.tenant().toString(),
                        "live_key", verified.liveKey().secret().text(),
                        "test_key", verified.testKey().secret().text(),
                        "base", base);
        return pages.answer(200, language, "shop", model);
    }

    private Response dead(Optional<Invitation> found, @Nullable String acceptLanguage) {
        Language language = language(found, acceptLanguage);
        Map<String, String> model = Map.of("base", base);
        return found.isPresent()
                ? pages.answer(410, language, "signup_used", model)
                : pages.answer(422, language, "signup_void", model);
    }

    private static Language language(
            Optional<Invitation> invitation, @Nullable String acceptLanguage) {
        return Language.of(
                acceptLanguage,
                invitation.map(found -> found.locale().toLanguageTag()).orElse(null));
    }
}
