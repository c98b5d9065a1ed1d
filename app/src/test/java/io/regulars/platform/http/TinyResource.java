package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.auth.Auth;
import io.regulars.platform.ids.TenantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
@SuppressWarnings("DoNotCallSuggester") // Jersey calls them
@Path("/v1/orders")
@Produces("application/json")
@Consumes("application/json")
@Tag(name = "Orders", description = "What was bought")
public final class TinyResource {

    public enum Kind {
        EAT_IN,
        @JsonProperty("to-go")
        TO_GO,
        DELIVERY
    }

    public record Line(String sku, int quantity, long amount) {
        public Line {
            if (amount < 0) {
                throw Problem.invalid("/amount", "out_of_range", "amount must not be negative.");
            }
        }
    }

    public record Code(String code) {
        public Code {
            if (!code.startsWith("C")) {
                throw new IllegalArgumentException("secret reason");
            }
        }
    }

    public record MemberKey(@Nullable String email) {}

    public record Order(
            @Schema(description = "The shop's own number", example = "A-1") String orderId,
            List<Line> lines,
            @Nullable Kind kind,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Schema(description = "Where the till stands") @Nullable ZoneId zone,
            @Nullable LocalTime hour,
            @Nullable Boolean paid,
            @Nullable Double weight,
            @Nullable Map<String, Object> attributes,
            @Nullable JsonNode raw,
            @Nullable Code code,
            @Nullable Map<Kind, Long> perKind) {}

    public record Kept(
            String id,
            @Nullable TenantId shop,
            Order order,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant paidAt) {}

    @Schema(oneOf = {String.class, MemberKey.class})
    public record Union(String text) {}

    public record Found(Union member, @Nullable MemberKey key) {}

    @POST
    @AllowedTo(Audience.TILL)
    @Returns(status = 201, also = 200, value = Kept.class)
    @Operation(summary = "Record an order", description = "Once per number.")
    public Response create(
            @Auth Optional<Principal> caller, @Context HttpServletRequest request, Order order) {
        return Response.status(201).entity(new Kept("ord_1", null, order, null)).build();
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = Kept.class, page = true)
    public Page<String> list(
            @Context PageRequest page,
            @QueryParam("kind") @Nullable Kind kind,
            @QueryParam("from") @Nullable LocalDate from,
            @QueryParam("paid") @DefaultValue("true") boolean paid,
            @Parameter(description = "At least so many lines") @QueryParam("lines")
                    @Nullable Integer lines,
            @HeaderParam("If-Match") @Nullable String etag) {
        List<String> rows =
                java.util.stream.IntStream.range(0, page.fetch())
                        .mapToObj(i -> page.after().map(Cursor::position).orElse("") + i)
                        .toList();
        return page.page(rows, row -> row, row -> row + kind + from + paid + lines + etag);
    }

    @GET
    @Path("/{id: [^/]+}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(Found.class)
    public Found get(@PathParam("id") String id) {
        throw Problem.notFound("order").with("asked", id);
    }

    @GET
    @Path("/by-number/{number}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(Kept.class)
    public String byNumber(@PathParam("number") int number) {
        return "{\"number\":" + number + "}";
    }

    @PUT
    @Path("/optional")
    @AllowedTo(Audience.ADMIN)
    @Returns(Map.class)
    public Map<String, Boolean> optional(@Nullable Line line) {
        return Map.of("given", line != null);
    }

    @POST
    @Path("/large")
    @LargeBody(4 * 1024 * 1024)
    @AllowedTo(Audience.ADMIN)
    @Returns(Map.class)
    public Map<String, Integer> large(Map<String, String> body) {
        return Map.of("fields", body.size());
    }

    @DELETE
    @Path("/broken")
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 204, value = Void.class)
    public void broken() {
        throw new IllegalStateException("secret: " + RequestIds.current());
    }

    @POST
    @Path("/busy")
    @AllowedTo(Audience.ANYONE)
    @Returns(status = 202, value = Void.class)
    public void busy() {
        throw Problem.of(ProblemType.UNAVAILABLE, "Come again.")
                .retryAfter(Duration.ofMillis(1500));
    }
}
