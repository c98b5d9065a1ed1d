package io.regulars.engagement.webhooks;

import com.fasterxml.jackson.core.type.TypeReference;
import io.dropwizard.auth.Auth;
import io.regulars.events.EventCatalogue;
import io.regulars.events.Outbox;
import io.regulars.events.Published;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Path("/v1/events")
@Tag(name = "Events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventResource {

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final TenantDb tenants;

    EventResource(TenantDb tenants) {
        this.tenants = tenants;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = EventView.class, page = true)
    @Operation(
            summary = "What happened, newest first; by type",
            description = "docs/events.md lists the types and their data.")
    public Page<EventView> list(
            @Auth Caller caller,
            @QueryParam("type") @Nullable String type,
            @Context PageRequest page) {
        if (type != null && !EventCatalogue.types().contains(type)) {
            throw Problem.invalid(
                    "?type",
                    "unknown_value",
                    "There are no such events; docs/events.md lists them.");
        }
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        page.page(
                                Outbox.page(
                                        tx,
                                        Optional.ofNullable(type),
                                        Positions.id(page.after()),
                                        page.fetch()),
                                event -> event.id().toString(),
                                EventView::of));
    }

    record EventView(String id, String type, Instant occurredAt, Map<String, Object> data) {

        static EventView of(Published event) {
            return new EventView(
                    event.publicId(),
                    event.type(),
                    event.occurredAt(),
                    Json.read(event.data(), DATA));
        }
    }
}
