package io.regulars.edge.join;

import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
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

/** A sheet of A5 for the counter: printed from the browser, scanned by those who stand there. */
@HtmlFaults
@Path("/j/{tenant}/poster")
@Produces("text/html; charset=utf-8")
public final class PosterPage {

    private final Shopfront shopfront;
    private final JoinModel models;

    PosterPage(Shopfront shopfront, JoinModel models) {
        this.shopfront = shopfront;
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
        return shopfront.show(
                tenant,
                asked,
                headers,
                door -> {
                    Language language = Shopfront.language(door, asked, headers);
                    return shopfront.page(
                            200, door, language, "poster", models.shop(door, language));
                });
    }
}
