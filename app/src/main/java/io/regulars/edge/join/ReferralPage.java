package io.regulars.edge.join;

import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a member's invitation leads a friend: to the join page, which carries the code on. Whether
 * the code is anybody's is not said.
 */
@HtmlFaults
@Path("/r/{code}")
@Produces("text/html; charset=utf-8")
public final class ReferralPage {

    private final Pages pages;

    ReferralPage(Pages pages) {
        this.pages = pages;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 303, value = Void.class)
    public Response go(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return MemberLinks.invitation(code)
                .map(invitation ->
                        Response.seeOther(
                                        UriBuilder.fromPath("/j/" + invitation.tenant())
                                                .queryParam("ref", invitation.code())
                                                .queryParam("utm_source", "referral")
                                                .build())
                                .build())
                .orElseGet(() ->
                        pages.answer(
                                404, Language.asked(acceptLanguage), "join_unknown", Map.of()));
    }
}
