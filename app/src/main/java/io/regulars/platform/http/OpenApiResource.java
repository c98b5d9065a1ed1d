package io.regulars.platform.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Serves the document; made when it is first asked for, since most starts never need it. */
@Path("/v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service")
public final class OpenApiResource {

    private final Set<Class<?>> resources;
    private final AtomicReference<String> made = new AtomicReference<>("");

    OpenApiResource(Set<Class<?>> resources) {
        this.resources = withItself(resources);
    }

    /** The resources the document is about, itself among them. */
    public static Set<Class<?>> withItself(Set<Class<?>> resources) {
        Set<Class<?>> all = new HashSet<>(resources);
        all.add(OpenApiResource.class);
        return Set.copyOf(all);
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(Map.class)
    @Operation(summary = "This document")
    public String document() {
        String json = made.get();
        return json.isEmpty() ? make() : json;
    }

    /**
     * By one for all who ask first: hundreds at once would keep the processors busy for minutes.
     */
    private synchronized String make() {
        String json = made.get();
        if (json.isEmpty()) {
            json = OpenApiDocument.json(resources);
            made.set(json);
        }
        return json;
    }
}
