package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;

/** A sheet of A5 for the counter: printed from the browser, scanned by those who stand there. */
@HtmlFaults
@Path("/j/{tenant}/poster")
@Produces("text/html; charset=utf-8")
public final class PosterPage {

    private final Pages pages;
    private final Doors doors;
    private final JoinModel models;

    PosterPage(Pages pages, Doors doors, JoinModel models) {
        this.pages = pages;
        this.doors = doors;
        this.models = models;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("tenant") String tenant,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        JoinForm asked = JoinForm.of(uri.getQueryParameters());
        return doors.find(tenant)
                .map(door -> poster(door, asked, headers))
                .orElseGet(() ->
                        pages.answer(
                                404,
                                Language.of(JoinPage.accepted(headers), asked.textOrNull("lang")),
                                "join_unknown",
                                Map.of()));
    }

    private Response poster(Door door, JoinForm asked, HttpHeaders headers) {
        Language language = JoinPage.language(door, asked, headers);
        return pages.branded(
                200,
                language,
                "poster",
                models.shop(door, language),
                BrandStyle.of(door.program()));
    }
}
