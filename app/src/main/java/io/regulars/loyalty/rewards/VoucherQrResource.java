package io.regulars.loyalty.rewards;

import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The picture that a till scans off a phone. It shows the code and knows nothing else. */
@Path("/q/{token}")
@Produces(VoucherQrResource.SVG)
public final class VoucherQrResource {

    static final String SVG = "image/svg+xml";

    private final VoucherLinks links;

    VoucherQrResource(VoucherLinks links) {
        this.links = links;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response picture(@PathParam("token") String token) {
        String code = links.read(token).orElseThrow(() -> Problem.notFound("picture"));
        return Response.ok(QrCode.svg(code), SVG)
                // A code never changes its looks. Private: it is worth something.
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("X-Robots-Tag", "noindex")
                .build();
    }
}
