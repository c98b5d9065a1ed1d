package io.regulars.edge.inbox;

import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.smtp.CapturedContent;
import io.regulars.platform.smtp.CapturedMail;
import io.regulars.platform.smtp.Inbox;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The captured mails: JSON for programs, pages for people. */
@Guarded
@HtmlFaults
@Path("/inbox")
@Produces(MediaType.APPLICATION_JSON)
public final class InboxResource {

    private static final String HTML = "text/html; charset=utf-8";

    /** Behind JSON for who takes both alike; a browser prefers HTML by itself. */
    private static final String HTML_IF_PREFERRED = "text/html; charset=utf-8; qs=0.5";

    private static final int ON_A_PAGE = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 20_000;

    /** Nothing of the mail runs, and nothing is fetched for it but pictures. */
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; img-src https: data:; style-src 'unsafe-inline';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final Inbox inbox;
    private final Pages pages;

    InboxResource(Inbox inbox, Pages pages) {
        this.inbox = inbox;
        this.pages = pages;
    }

    /** The newest mails. */
    public record MailList(List<CapturedMail> data) {}

    @GET
    @Produces(HTML)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response page(
            @QueryParam("to") @Nullable String to,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        String wanted = given(to).orElse(null);
        return pages.answer(
                200,
                Language.asked(acceptLanguage),
                "inbox",
                InboxViews.list(inbox.list(wanted, ON_A_PAGE), wanted));
    }

    @GET
    @Path("/messages")
    @AllowedTo(Audience.ANYONE)
    @Returns(MailList.class)
    public Response list(
            @QueryParam("to") @Nullable String to, @QueryParam("limit") @Nullable String limit) {
        return uncached(new MailList(inbox.list(given(to).orElse(null), limit(limit))));
    }

    @GET
    @Path("/messages/{id}")
    @AllowedTo(Audience.ANYONE)
    @Returns(CapturedContent.class)
    public Response get(@PathParam("id") String id) {
        return uncached(content(id));
    }

    @GET
    @Path("/messages/{id}")
    @Produces(HTML_IF_PREFERRED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response mailPage(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return pages.answerWithFrame(
                Language.asked(acceptLanguage), "mail", InboxViews.mail(id, content(id)));
    }

    /** The mail's own HTML, for the frame. */
    @GET
    @Path("/messages/{id}/html")
    @Produces(HTML)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response html(@PathParam("id") String id) {
        return Response.ok(content(id).html(), HTML)
                .header("Content-Security-Policy", MAIL_POLICY)
                .header("X-Frame-Options", "SAMEORIGIN")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private CapturedContent content(String id) {
        try {
            return inbox.get(id).orElseThrow(() -> Problem.notFound("mail"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response uncached(Object body) {
        return Response.ok(body)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** An empty field of the search form asks for nothing. */
    private static Optional<String> given(@Nullable String to) {
        return Optional.ofNullable(to).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static int limit(@Nullable String text) {
        String asked = Objects.requireNonNullElse(text, Integer.toString(DEFAULT_LIMIT));
        if (asked.matches("[0-9]{1,5}")) {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw Problem.invalid(
                "?limit",
                "out_of_range",
                "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }
}
