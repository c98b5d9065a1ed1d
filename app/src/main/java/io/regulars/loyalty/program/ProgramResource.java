package io.regulars.loyalty.program;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/v1/program")
@Tag(name = "Program")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProgramResource {

    private final EditProgram programs;

    public ProgramResource(EditProgram programs) {
        this.programs = programs;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(Program.class)
    @Operation(summary = "The published program that is in force")
    public Program published(@Auth Caller caller) {
        return programs.published(caller.tenant()).program();
    }

    @GET
    @Path("/draft")
    @AllowedTo(Audience.READERS)
    @Returns(Program.class)
    @Operation(summary = "The draft; before anyone wrote one, what was published last")
    public Response draft(@Auth Caller caller) {
        return answer(programs.draft(caller.tenant()));
    }

    @PUT
    @Path("/draft")
    @AllowedTo(Audience.MARKETING)
    @Returns(Program.class)
    @Operation(
            summary = "Replace the draft",
            description = "What is not right is refused with a pointer to its place.")
    public Response save(
            @Auth Caller caller, @HeaderParam("If-Match") @Nullable String ifMatch, Program body) {
        return answer(programs.save(caller.tenant(), body, ETags.expected(ifMatch)));
    }

    @POST
    @Path("/publish")
    @AllowedTo(Audience.ADMIN)
    @Returns(Published.class)
    @Operation(
            summary = "Publish the draft as the next version",
            description =
                    "A published version never changes; purchases earn under the version in force at their time.")
    public Published publish(@Auth Caller caller, @Nullable PublishRequest body) {
        PublishRequest request = body == null ? new PublishRequest(null, null) : body;
        if (request.reason() != null && request.reason().length() > 1_000) {
            throw Problem.invalid("/reason", "invalid_text", "Must have at most 1000 characters.");
        }
        ProgramDao.Publication publication =
                programs.publish(
                        caller.tenant(),
                        caller.actor().id(),
                        request.reason(),
                        request.effectiveAt());
        return new Published(publication.version(), publication.effectiveAt(), List.of());
    }

    @GET
    @Path("/versions")
    @AllowedTo(Audience.READERS)
    @Returns(Versions.class)
    @Operation(summary = "All published versions, newest first")
    public Versions versions(@Auth Caller caller) {
        return new Versions(
                programs.publications(caller.tenant()).reversed().stream()
                        .map(VersionView::of)
                        .toList());
    }

    @GET
    @Path("/versions/{version}")
    @AllowedTo(Audience.READERS)
    @Returns(VersionView.class)
    @Operation(summary = "One published version with its program")
    public VersionView version(@Auth Caller caller, @PathParam("version") String version) {
        return programs.publications(caller.tenant()).stream()
                .filter(p -> Integer.toString(p.version()).equals(version))
                .findFirst()
                .map(VersionView::of)
                .orElseThrow(() -> Problem.notFound("version"));
    }

    private static Response answer(ProgramDao.Draft draft) {
        return Response.ok(draft.program()).tag(ETags.of(draft.version())).build();
    }

    record PublishRequest(@Nullable String reason, @Nullable Instant effectiveAt) {}

    /**
     * @param warnings legal doubts; nothing is refused for them
     */
    record Published(int version, Instant effectiveAt, List<Warning> warnings) {}

    /** A legal doubt. */
    record Warning(String rule, String pointer, String detail) {}

    record Versions(List<VersionView> data) {}

    record VersionView(
            int version,
            Program program,
            @Nullable String reason,
            String publishedBy,
            Instant publishedAt,
            Instant effectiveAt) {

        static VersionView of(ProgramDao.Publication publication) {
            return new VersionView(
                    publication.version(),
                    publication.program(),
                    publication.reason(),
                    publication.publishedBy(),
                    publication.publishedAt(),
                    publication.effectiveAt());
        }
    }
}
