package io.regulars.platform.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The API for people: Swagger UI over our own document, from our own origin alone. */
@Path("/docs")
@Produces("text/html; charset=utf-8")
public final class DocsResource {

    private static final String OURS = "/docs/";
    private static final String WEBJAR =
            "/META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";

    /** Everything that can be had; a path is never built from what is asked for. */
    private static final Map<String, Asset> ASSETS =
            Map.of(
                    "docs.css", new Asset(OURS + "docs.css", "text/css; charset=utf-8"),
                    "docs.js", new Asset(OURS + "docs.js", "text/javascript; charset=utf-8"),
                    "swagger-ui.css",
                            new Asset(WEBJAR + "swagger-ui.css", "text/css; charset=utf-8"),
                    "swagger-ui-bundle.js",
                            new Asset(
                                    WEBJAR + "swagger-ui-bundle.js",
                                    "text/javascript; charset=utf-8"));

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Asset(String file, String mediaType) {}

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response page() {
        return answer(read(OURS + "index.html"), MediaType.TEXT_HTML + "; charset=utf-8");
    }

    @GET
    @Path("errors")
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response errors() {
        return answer(ErrorCatalogue.html(), MediaType.TEXT_HTML + "; charset=utf-8");
    }

    @GET
    @Path("assets/{name}")
    @Produces(MediaType.WILDCARD)
    @AllowedTo(Audience.ANYONE)
    @Returns(byte[].class)
    public Response asset(@PathParam("name") String name) {
        @Nullable Asset asset = ASSETS.get(name);
        if (asset == null) {
            throw Problem.notFound("asset");
        }
        return answer(read(asset.file()), asset.mediaType());
    }

    private static Response answer(Object body, String mediaType) {
        return Response.ok(body, mediaType)
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .build();
    }

    private static byte[] read(String file) {
        try (InputStream in = DocsResource.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String webjarVersion() {
        try (InputStream in =
                DocsResource.class.getResourceAsStream(
                        "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "missing");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
