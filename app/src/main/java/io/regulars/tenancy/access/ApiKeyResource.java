package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Cursor;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.retries.ShownOnce;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.audit.AuditDao;
import io.regulars.tenancy.forms.Form;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shop's API keys. A test key sees and makes test keys only: it must not open the way to live
 * data.
 */
@Tag(name = "API keys")
@Path("/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
public final class ApiKeyResource {

    private static final int LONGEST_OVERLAP_HOURS = 30 * 24;

    private final ControlDb control;
    private final Clock clock;
    private final Credentials credentials;

    public ApiKeyResource(ControlDb control, Clock clock, Credentials credentials) {
        this.control = control;
        this.clock = clock;
        this.credentials = credentials;
    }

    /**
     * A key to be made.
     *
     * @param mode live or test; absent: that of the caller
     */
    public record NewApiKey(@Nullable String name, @Nullable String scope, @Nullable String mode) {}

    /**
     * How a key is replaced.
     *
     * @param overlapHours for how long the old one works on; absent: 24
     */
    public record KeyRotation(@Nullable Integer overlapHours) {}

    /**
     * A key as it is listed.
     *
     * @param hint the last four characters of the secret
     * @param expiresAt of a key that was replaced: until then it works beside the new one
     */
    public record ApiKey(
            ApiKeyId id,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String name,
            Scope scope,
            Side mode,
            String hint,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {

        static ApiKey of(ApiKeyDao.Listed key) {
            return new ApiKey(
                    key.id(),
                    key.name(),
                    key.scope(),
                    key.mode(),
                    key.hint(),
                    key.createdAt(),
                    key.lastUsedAt(),
                    key.expiresAt());
        }
    }

    /**
     * A key that was just made.
     *
     * @param secret shown this once
     */
    public record CreatedApiKey(
            ApiKeyId id,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String name,
            Scope scope,
            Side mode,
            String hint,
            Instant createdAt,
            @ShownOnce ApiKeySecret secret) {}

    @GET
    @AllowedTo(Audience.ADMIN)
    @Returns(value = ApiKey.class, page = true)
    @Operation(summary = "The API keys of the shop, without their secrets")
    public Page<ApiKey> list(@Auth Caller caller, @Context PageRequest page) {
        Optional<ApiKeyId> before =
                page.after()
                        .map(after ->
                                ApiKeyId.parse(after.position()).orElseThrow(Cursor::refused));
        return control.inTransaction(handle ->
                page.page(
                        new ApiKeyDao(handle)
                                .list(
                                        caller.tenant().id(),
                                        confinedTo(caller),
                                        before,
                                        clock.now(),
                                        page.fetch()),
                        key -> key.id().toString(),
                        ApiKey::of));
    }

    @POST
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 201, value = CreatedApiKey.class)
    @Operation(summary = "Make an API key; its secret is shown this once")
    public Response create(@Auth Caller caller, NewApiKey body) {
        Form form = new Form();
        String name = body.name() == null ? null : form.line("/name", body.name(), 100);
        Optional<Scope> scope = scope(form, body.scope());
        Side mode = mode(form, body.mode(), caller);
        form.check();
        ApiKeyDao.Issued issued =
                control.inTransaction(handle -> {
                    ApiKeyDao.Issued made =
                            new ApiKeyDao(handle)
                                    .issue(
                                            caller.tenant().id(),
                                            mode,
                                            scope.orElseThrow(),
                                            name,
                                            clock.now());
                    note(new AuditDao(handle), caller, "api_key.created", made.key());
                    return made;
                });
        return created(issued);
    }

    @POST
    @Path("/{id}/rotate")
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 201, value = CreatedApiKey.class)
    @Operation(
            summary = "Replace a key by a new one of the same name, scope and mode",
            description =
                    "The old key works on for overlap_hours, so that tills and servers can be changed one by one.")
    public Response rotate(
            @Auth Caller caller, @PathParam("id") String id, @Nullable KeyRotation body) {
        ApiKeyId old = ApiKeyId.parse(id).orElseThrow(() -> Problem.notFound("API key"));
        Duration overlap = overlap(body);
        ApiKeyDao.Issued issued =
                control.inTransaction(handle -> {
                    ApiKeyDao keys = new ApiKeyDao(handle);
                    Instant now = clock.now();
                    ApiKeyDao.Listed before =
                            keys.lock(caller.tenant().id(), confinedTo(caller), old, now)
                                    .orElseThrow(() -> Problem.notFound("API key"));
                    ApiKeyDao.Issued made =
                            keys.issue(
                                    caller.tenant().id(),
                                    before.mode(),
                                    before.scope(),
                                    before.name(),
                                    now);
                    credentials.forget(keys.expire(old, now.plus(overlap)));
                    note(new AuditDao(handle), caller, "api_key.rotated", made.key());
                    return made;
                });
        return created(issued);
    }

    private static Duration overlap(@Nullable KeyRotation body) {
        Integer hours = body == null ? null : body.overlapHours();
        if (hours == null) {
            return Duration.ofHours(24);
        }
        if (hours < 0 || hours > LONGEST_OVERLAP_HOURS) {
            throw Problem.invalid(
                    "/overlap_hours",
                    "out_of_range",
                    "Must be a whole number from 0 to " + LONGEST_OVERLAP_HOURS + ".");
        }
        return Duration.ofHours(hours);
    }

    private static Response created(ApiKeyDao.Issued issued) {
        ApiKeyDao.Listed key = issued.key();
        return Response.status(201)
                .entity(
                        new CreatedApiKey(
                                key.id(),
                                key.name(),
                                key.scope(),
                                key.mode(),
                                key.hint(),
                                key.createdAt(),
                                issued.secret()))
                .build();
    }

    private void note(AuditDao audit, Caller caller, String action, ApiKeyDao.Listed key) {
        audit.note(
                caller.tenant().id(),
                action,
                key.id().toString(),
                Map.of(),
                Map.of("scope", key.scope().key(), "mode", key.mode().key()),
                clock.now());
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Revoke an API key at once")
    public void revoke(@Auth Caller caller, @PathParam("id") String id) {
        byte[] hash =
                ApiKeyId.parse(id)
                        .flatMap(key ->
                                control.inTransaction(handle ->
                                        revoked(
                                                new ApiKeyDao(handle),
                                                new AuditDao(handle),
                                                caller,
                                                key)))
                        .orElseThrow(() -> Problem.notFound("API key"));
        credentials.forget(hash);
    }

    private Optional<byte[]> revoked(ApiKeyDao keys, AuditDao audit, Caller caller, ApiKeyId key) {
        Instant now = clock.now();
        Optional<byte[]> hash = keys.revoke(caller.tenant().id(), confinedTo(caller), key, now);
        if (hash.isPresent()) {
            audit.note(
                    caller.tenant().id(),
                    "api_key.revoked",
                    key.toString(),
                    Map.of(),
                    Map.of(),
                    now);
        }
        return hash;
    }

    private static Optional<Scope> scope(Form form, @Nullable String text) {
        Optional<Scope> scope = Optional.ofNullable(text).flatMap(Scope::parse);
        if (text == null) {
            form.refuse("/scope", "required", "Must be there, and not empty.");
        } else if (scope.isEmpty()) {
            form.refuse(
                    "/scope", "unknown_scope", "The scopes are admin, marketing, pos and read.");
        }
        return scope;
    }

    private static Side mode(Form form, @Nullable String text, Caller caller) {
        return switch (text) {
            case null -> caller.tenant().side();
            case "test" -> Side.TEST;
            case "live" -> {
                if (caller.tenant().isTest()) {
                    throw Problem.of(
                            ProblemType.FORBIDDEN, "In test mode only test keys can be made.");
                }
                yield Side.LIVE;
            }
            default -> {
                form.refuse("/mode", "unknown_mode", "Must be live or test.");
                yield Side.TEST;
            }
        };
    }

    private static Optional<Side> confinedTo(Caller caller) {
        return caller.tenant().isTest() ? Optional.of(Side.TEST) : Optional.empty();
    }
}
