package io.regulars.tenancy.tenants;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.tenants.ChangeProfile.TenantChange;
import io.regulars.tenancy.tenants.ChecklistSource.ChecklistItem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shop's own page in the registry, the same for its live and its test side. */
@Tag(name = "Shop")
@Path("/v1/tenant")
@Produces(MediaType.APPLICATION_JSON)
public final class TenantResource {

    private final TenantDirectory directory;
    private final ChangeProfile changeProfile;
    private final List<ChecklistSource> checklist;

    public TenantResource(
            TenantDirectory directory,
            ChangeProfile changeProfile,
            List<ChecklistSource> checklist) {
        this.directory = directory;
        this.changeProfile = changeProfile;
        this.checklist = List.copyOf(checklist);
    }

    /** A shop as it sees itself. */
    public record TenantView(
            TenantId id,
            TenantState state,
            String businessName,
            String country,
            String timeZone,
            String locale,
            @Nullable String legalName,
            @Nullable String postalAddress,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String website,
            @Nullable String senderName,
            boolean sendingStopped,
            @Schema(description = "Why the operator holds all mail; null where it is not held.")
                    @Nullable String sendingHeldBecause,
            @Nullable Instant deletionDueAt,
            Instant createdAt) {

        public static TenantView of(Tenant tenant) {
            Profile profile = tenant.profile();
            return new TenantView(
                    tenant.id(),
                    tenant.state(),
                    tenant.businessName(),
                    tenant.country(),
                    tenant.zone().getId(),
                    tenant.locale().toLanguageTag(),
                    profile.legalName(),
                    profile.postalAddress(),
                    profile.phone(),
                    profile.email(),
                    profile.website(),
                    profile.senderName(),
                    tenant.sendingStopped(),
                    tenant.standing().heldBecause(),
                    tenant.deletionDueAt(),
                    tenant.createdAt());
        }
    }

    /**
     * The way to the first mail.
     *
     * @param ready whether nothing blocks the first mail
     */
    public record Checklist(List<ChecklistItem> items, boolean ready) {}

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(TenantView.class)
    @Operation(summary = "The shop")
    public Response get(@Auth Caller caller) {
        return answer(directory.tenant(caller.tenant().id()).orElseThrow());
    }

    @PATCH
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(TenantView.class)
    @Operation(summary = "Change the shop; what is left out stays")
    public Response change(
            @Auth Caller caller,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            TenantChange body) {
        return answer(changeProfile.handle(caller.tenant().id(), body, IfMatch.of(ifMatch)));
    }

    @GET
    @Path("/checklist")
    @AllowedTo(Audience.READERS)
    @Returns(Checklist.class)
    @Operation(summary = "What is still missing before the first mail")
    public Checklist checklist(@Auth Caller caller) {
        List<ChecklistItem> items =
                checklist.stream()
                        .flatMap(source -> source.items(caller.tenant()).stream())
                        .toList();
        return new Checklist(
                items, items.stream().allMatch(item -> item.done() || !item.blocking()));
    }

    private static Response answer(Tenant tenant) {
        return Response.ok(TenantView.of(tenant)).tag(ETags.of(tenant.version())).build();
    }
}
