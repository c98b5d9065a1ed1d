package io.regulars.engagement.webhooks;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.webhooks.DeliveryResource.DeliveryView;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Returns;
import io.regulars.platform.retries.ShownOnce;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/v1/webhook-endpoints")
@Tag(name = "Webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class EndpointResource {

    private final EditEndpoints edit;
    private final AskForDelivery ask;

    EndpointResource(EditEndpoints edit, AskForDelivery ask) {
        this.edit = edit;
        this.ask = ask;
    }

    @POST
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 201, value = EndpointWithSecret.class)
    @Operation(
            summary = "Have events sent to an address",
            description =
                    "Signed as Standard Webhooks says (webhook-id, webhook-timestamp, webhook-signature); the secret"
                            + " is shown this once. Events from now on; `[\"*\"]` stands for all of them.")
    public Response create(@Auth Caller caller, NewEndpoint body) {
        EditEndpoints.WithSecret made =
                edit.create(
                        caller.tenant(),
                        new EditEndpoints.Change(
                                body.url(),
                                body.events() == null ? List.of("*") : body.events(),
                                body.description(),
                                body.enabled()));
        return Response.status(Response.Status.CREATED)
                .tag(ETags.of(made.endpoint().version()))
                .entity(EndpointWithSecret.of(made))
                .build();
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = EndpointView.class, page = true)
    @Operation(summary = "List endpoints, newest first")
    public Page<EndpointView> list(@Auth Caller caller, @Context PageRequest page) {
        UUID before = Positions.id(page.after());
        List<Endpoint> rest =
                edit.list(caller.tenant()).stream()
                        .filter(endpoint -> before == null || endpoint.uuid().compareTo(before) < 0)
                        .limit(page.fetch())
                        .toList();
        return page.page(rest, endpoint -> endpoint.uuid().toString(), EndpointView::of);
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(EndpointView.class)
    @Operation(summary = "One endpoint")
    public Response get(@Auth Caller caller, @PathParam("id") String id) {
        return answer(edit.get(caller.tenant(), id));
    }

    @PATCH
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @Returns(EndpointView.class)
    @Operation(
            summary = "Change an endpoint, or switch it on or off",
            description =
                    "Parts left out stay. What waits for an endpoint that is switched off is cancelled;"
                            + " events that happen meanwhile are not sent later.")
    public Response patch(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            EndpointPatch body) {
        return answer(
                edit.change(
                        caller.tenant(),
                        id,
                        new EditEndpoints.Change(
                                body.url(), body.events(), body.description(), body.enabled()),
                        IfMatch.of(ifMatch)));
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Remove an endpoint; what waits for it is cancelled")
    public void delete(@Auth Caller caller, @PathParam("id") String id) {
        edit.delete(caller.tenant(), id);
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ADMIN)
    @Returns(EndpointWithSecret.class)
    @Operation(
            summary = "Get a new secret",
            description = "For 24 hours the one before it signs too, so that both fit.")
    public EndpointWithSecret rotateSecret(@Auth Caller caller, @PathParam("id") String id) {
        return EndpointWithSecret.of(edit.rotateSecret(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/test")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 202, value = DeliveryView.class)
    @Operation(
            summary = "Send a webhook.test to this endpoint",
            description = "What came of it is seen in its delivery.")
    public Response test(@Auth Caller caller, @PathParam("id") String id) {
        return Response.status(Response.Status.ACCEPTED)
                .entity(DeliveryView.of(ask.test(caller.tenant(), id)))
                .build();
    }

    private static Response answer(Endpoint endpoint) {
        return Response.ok(EndpointView.of(endpoint)).tag(ETags.of(endpoint.version())).build();
    }

    /**
     * @param events absent: all of them
     * @param enabled absent: true
     */
    record NewEndpoint(
            String url,
            @Nullable List<String> events,
            @Nullable String description,
            @Nullable Boolean enabled) {}

    record EndpointPatch(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable String description,
            @Nullable Boolean enabled) {}

    /**
     * @param disabledReason why the service switched it off: failing, gone
     * @param failingSince the first of the failures since something arrived
     */
    record EndpointView(
            EndpointId id,
            String url,
            List<String> events,
            @Nullable String description,
            boolean enabled,
            @Nullable String disabledReason,
            @Nullable Instant failingSince,
            Instant createdAt,
            Instant updatedAt) {

        static EndpointView of(Endpoint endpoint) {
            return new EndpointView(
                    endpoint.id(),
                    endpoint.config().url(),
                    endpoint.config().events(),
                    endpoint.config().description(),
                    endpoint.config().enabled(),
                    endpoint.health().disabledReason(),
                    endpoint.health().failingSince(),
                    endpoint.createdAt(),
                    endpoint.updatedAt());
        }
    }

    /**
     * @param secret shown this once; absent in the replay of a call
     */
    record EndpointWithSecret(
            EndpointId id,
            String url,
            List<String> events,
            @Nullable String description,
            boolean enabled,
            Instant createdAt,
            Instant updatedAt,
            @ShownOnce @Nullable String secret) {

        static EndpointWithSecret of(EditEndpoints.WithSecret made) {
            Endpoint endpoint = made.endpoint();
            return new EndpointWithSecret(
                    endpoint.id(),
                    endpoint.config().url(),
                    endpoint.config().events(),
                    endpoint.config().description(),
                    endpoint.config().enabled(),
                    endpoint.createdAt(),
                    endpoint.updatedAt(),
                    made.secret());
        }
    }
}
