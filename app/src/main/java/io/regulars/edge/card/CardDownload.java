package io.regulars.edge.card;

import io.regulars.loyalty.members.OwnCard;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** All that a shop knows of a member, as a file for the member. */
@Path("/c/{token}/data.json")
@Produces(MediaType.APPLICATION_JSON)
public final class CardDownload {

    private final Cards cards;
    private final OwnCard ownCard;

    CardDownload(Cards cards, OwnCard ownCard) {
        this.cards = cards;
        this.ownCard = ownCard;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(Object.class)
    public Response download(@PathParam("token") String token) {
        return cards.find(token)
                .flatMap(door -> cards.within(door, ownCard::download))
                .map(all ->
                        Response.ok(all)
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"regulars-data.json\"")
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .build())
                .orElseThrow(() -> Problem.notFound("card"));
    }
}
