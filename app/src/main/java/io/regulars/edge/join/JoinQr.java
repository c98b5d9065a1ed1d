package io.regulars.edge.join;

import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.rewards.QrCode;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The address of a shop's join page as a picture, for posters, receipts and table tents. */
@Path("/j/{tenant}/qr.svg")
@Produces("image/svg+xml")
public final class JoinQr {

    private final Doors doors;
    private final MemberLinks links;

    JoinQr(Doors doors, MemberLinks links) {
        this.doors = doors;
        this.links = links;
    }

    /**
     * @param source where the picture hangs, to tell by the members it brings
     */
    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response picture(
            @PathParam("tenant") String tenant, @QueryParam("utm_source") @Nullable String source) {
        Doors.Door door = doors.find(tenant).orElseThrow(() -> Problem.notFound("shop"));
        String named = source != null && source.matches("[A-Za-z0-9_-]{1,40}") ? source : "qr";
        return Response.ok(QrCode.svg(links.join(door.shop().id()) + "?utm_source=" + named))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .header("Content-Security-Policy", "default-src 'none'")
                .build();
    }
}
