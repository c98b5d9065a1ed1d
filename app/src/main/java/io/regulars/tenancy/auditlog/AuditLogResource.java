package io.regulars.tenancy.auditlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.dropwizard.auth.Auth;
import io.regulars.events.Audit;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.audit.AuditDao;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Tag(name = "Shop")
@Path("/v1/audit-log")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditLogResource {

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final ControlDb control;
    private final TenantDb tenants;

    public AuditLogResource(ControlDb control, TenantDb tenants) {
        this.control = control;
        this.tenants = tenants;
    }

    /**
     * A change.
     *
     * @param actor the key or user who did it; {@code service} for what nobody asked for just then
     * @param action such as {@code campaign.activated}
     * @param target the id of what was changed
     * @param before the values that changed; of members the names of fields only
     */
    public record AuditEntry(
            String id,
            Instant at,
            String actor,
            String action,
            String target,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Map<String, Object> before,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Map<String, Object> after) {}

    private record Row(UUID id, AuditEntry entry) {}

    @GET
    @AllowedTo(Audience.ADMIN)
    @Returns(value = AuditEntry.class, page = true)
    @Operation(
            summary = "Who changed what, newest first",
            description =
                    "Changes of the shop itself (keys, people, profile, plan) and of what is in it. Of members only the names of changed fields are kept.")
    public Page<AuditEntry> list(@Auth Caller caller, @Context PageRequest page) {
        UUID before = Positions.id(page.after());
        List<Row> rows =
                Stream.concat(
                                control
                                        .inTransaction(handle ->
                                                new AuditDao(handle)
                                                                .page(
                                                                        caller.tenant().id(),
                                                                        before,
                                                                        page.fetch())
                                                                .stream()
                                                                .map(AuditLogResource::row)
                                                                .toList())
                                        .stream(),
                                tenants
                                        .inTransaction(
                                                caller.tenant(),
                                                tx ->
                                                        Audit.page(tx, before, page.fetch())
                                                                .stream()
                                                                .map(AuditLogResource::row)
                                                                .toList())
                                        .stream())
                        // As the database orders ids: by their bytes, not as signed numbers.
                        .sorted(Comparator.comparing((Row row) -> row.id().toString()).reversed())
                        .limit(page.fetch())
                        .toList();
        return page.page(rows, row -> row.id().toString(), Row::entry);
    }

    private static Row row(AuditDao.Entry entry) {
        return new Row(
                entry.id(),
                new AuditEntry(
                        publicId(entry.id()),
                        entry.at(),
                        entry.actor(),
                        entry.action(),
                        entry.target(),
                        fields(entry.before()),
                        fields(entry.after())));
    }

    private static Row row(Audit.Entry entry) {
        return new Row(
                entry.id(),
                new AuditEntry(
                        publicId(entry.id()),
                        entry.at(),
                        entry.actor(),
                        entry.action(),
                        entry.target(),
                        entry.before(),
                        entry.after()));
    }

    private static String publicId(UUID id) {
        return TypeIds.format("aud", id);
    }

    private static @Nullable Map<String, Object> fields(@Nullable String json) {
        return json == null ? null : Json.read(json, FIELDS);
    }
}
