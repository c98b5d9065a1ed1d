package io.regulars.edge.pages;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody sees who opens the service's bare address. */
@HtmlFaults
@Path("/")
@Produces("text/html; charset=utf-8")
public final class WelcomePage {

    private static final String ICON =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4e79"/>\
            <path fill="#fff" d="M16 25.5 6.9 16.6a6 6 0 1 1 9.1-7.7 6 6 0 1 1 9.1 7.7z"/></svg>
            """;

    private final Pages pages;
    private final boolean inbox;

    /**
     * @param inbox whether there is one to link to
     */
    WelcomePage(Pages pages, boolean inbox) {
        this.pages = pages;
        this.inbox = inbox;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response page(
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return pages.answer(200, Language.asked(acceptLanguage), "welcome", Map.of("inbox", inbox));
    }

    @GET
    @Path("/favicon.ico")
    @Produces("image/svg+xml")
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response icon() {
        return Response.ok(ICON.strip())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .build();
    }
}
