package io.regulars.edge.till;

import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The only page with a script: ours, from this service, and talking to this service only. */
@HtmlFaults
@Path("/till")
@Produces("text/html; charset=utf-8")
public final class TillPage {

    private static final String SCRIPT = "/till/till.js";

    private final Pages pages;
    private final byte[] script = read();

    public TillPage(Pages pages) {
        this.pages = pages;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response page(
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        Language language = Language.of(acceptLanguage, lang);
        return pages.answerWithScript(language, "till", Map.of());
    }

    @GET
    @Path("/till.js")
    @Produces("text/javascript; charset=utf-8")
    @AllowedTo(Audience.ANYONE)
    @Returns(byte[].class)
    public Response script() {
        return Response.ok(script).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    private static byte[] read() {
        try (InputStream in = TillPage.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
