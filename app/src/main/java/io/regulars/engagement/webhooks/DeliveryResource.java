package io.regulars.engagement.webhooks;

import io.dropwizard.auth.Auth;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/v1/webhook-deliveries")
@Tag(name = "Webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {

    private static final List<String> STATES =
            Arrays.stream(Delivery.State.values()).map(Delivery.State::key).toList();

    private final TenantDb tenants;
    private final AskForDelivery ask;

    DeliveryResource(TenantDb tenants, AskForDelivery ask) {
        this.tenants = tenants;
        this.ask = ask;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = DeliveryView.class, page = true)
    @Operation(
            summary = "List deliveries, newest first; by endpoint or state",
            description =
                    "States: pending, sending, retry, delivered (any 2xx), failed (given up after ten tries in"
                            + " three days), cancelled (the endpoint was switched off or deleted).")
    public Page<DeliveryView> list(
            @Auth Caller caller,
            @QueryParam("endpoint") @Nullable String endpoint,
            @QueryParam("state") @Nullable String state,
            @Context PageRequest page) {
        if (state != null && !STATES.contains(state)) {
            throw Problem.invalid(
                    "?state", "unknown_value", "The states are " + String.join(", ", STATES) + ".");
        }
        DeliveryDao.Filter filter = new DeliveryDao.Filter(endpoint(endpoint), state);
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        page.page(
                                new DeliveryDao(tx)
                                        .page(filter, Positions.id(page.after()), page.fetch()),
                                delivery -> delivery.id().uuid().toString(),
                                DeliveryView::of));
    }

    @POST
    @Path("/{id}/resend")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 202, value = DeliveryView.class)
    @Operation(
            summary = "Send the event of a delivery once more",
            description =
                    "Makes a new delivery with the same webhook-id, which goes at once; for one that has come to"
                            + " its end.")
    public Response resend(@Auth Caller caller, @PathParam("id") String id) {
        return Response.status(Response.Status.ACCEPTED)
                .entity(DeliveryView.of(ask.resend(caller.tenant(), id)))
                .build();
    }

    private static @Nullable UUID endpoint(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return EndpointId.parse(text)
                .orElseThrow(() ->
                        Problem.invalid("?endpoint", "invalid_id", "Must be an id like whe_…"))
                .uuid();
    }

    /**
     * @param event also its webhook-id
     * @param attempts that came to an end; what follows is of the last one
     * @param statusCode null where nobody answered
     * @param response the first 500 characters of the answer
     * @param error why there was no answer, or why it will not be sent
     * @param nextAttemptAt null when it has come to its end
     */
    record DeliveryView(
            DeliveryId id,
            EndpointId endpoint,
            String event,
            String type,
            String state,
            int attempts,
            @Nullable Instant attemptedAt,
            @Nullable Integer statusCode,
            @Nullable String response,
            @Nullable String error,
            @Nullable Integer durationMs,
            @Nullable Instant nextAttemptAt,
            Instant createdAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.endpoint(),
                    TypeIds.format("evt", delivery.event()),
                    delivery.type(),
                    delivery.state().key(),
                    delivery.attempts(),
                    delivery.attemptedAt(),
                    delivery.status(),
                    delivery.response(),
                    delivery.error(),
                    delivery.durationMs(),
                    delivery.state().isOpen() ? delivery.dueAt() : null,
                    delivery.createdAt());
        }
    }
}
