package io.regulars.edge.pages;

import io.regulars.engagement.mail.FollowLink;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
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
 * Where the counted links of mails lead on from. They exist only in mails to members who agreed to
 * be counted; all that a visit changes is the note that there was one.
 */
@HtmlFaults
@Path("/l/{token}")
@Produces("text/html; charset=utf-8")
public final class FollowPage {

    private final Pages pages;
    private final FollowLink followLink;

    FollowPage(Pages pages, FollowLink followLink) {
        this.pages = pages;
        this.followLink = followLink;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response follow(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, true);
    }

    /** Whoever asks for the head only is no reader. */
    @HEAD
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response look(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, false);
    }

    private Response answer(String token, @Nullable String acceptLanguage, boolean count) {
        Optional<URI> target = followLink.follow(token, count);
        return target.map(uri ->
                        Response.status(Response.Status.FOUND)
                                .location(uri)
                                .header("Referrer-Policy", "no-referrer")
                                .header("X-Robots-Tag", "noindex, nofollow")
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .build())
                .orElseGet(() ->
                        pages.answer(
                                404, Language.asked(acceptLanguage), "link_unknown", Map.of()));
    }
}
