package io.regulars.loyalty.publishing;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.law.Doubt;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Publication;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.Yaml;
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
import jakarta.ws.rs.core.Context;
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

    private static final int LONGEST_REASON = 1_000;

    private final EditProgram programs;
    private final PublishProgram publishProgram;

    public ProgramResource(EditProgram programs, PublishProgram publishProgram) {
        this.programs = programs;
        this.publishProgram = publishProgram;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Yaml.MEDIA_TYPE})
    @AllowedTo(Audience.LOOKUP)
    @Returns(Program.class)
    @Operation(summary = "The published program that is in force")
    public Program published(@Auth Caller caller) {
        return programs.published(caller.tenant()).program();
    }

    @GET
    @Path("/draft")
    @Produces({MediaType.APPLICATION_JSON, Yaml.MEDIA_TYPE})
    @AllowedTo(Audience.READERS)
    @Returns(Program.class)
    @Operation(summary = "The draft; before anyone wrote one, what was published last")
    public Response draft(@Auth Caller caller) {
        return answer(programs.draft(caller.tenant()));
    }

    @PUT
    @Path("/draft")
    @Consumes({MediaType.APPLICATION_JSON, Yaml.MEDIA_TYPE})
    @Produces({MediaType.APPLICATION_JSON, Yaml.MEDIA_TYPE})
    @AllowedTo(Audience.MARKETING)
    @Returns(Program.class)
    @Operation(
            summary = "Replace the draft",
            description = "What is not right is refused with a pointer to its place.")
    public Response save(
            @Auth Caller caller, @HeaderParam("If-Match") @Nullable String ifMatch, Program body) {
        return answer(programs.save(caller.tenant(), body, IfMatch.of(ifMatch)));
    }

    @POST
    @Path("/draft/from-preset")
    @AllowedTo(Audience.MARKETING)
    @Returns(Program.class)
    @Operation(
            summary = "Replace the draft with a preset, in the shop's currency",
            description =
                    "Amounts of a preset are converted by round units of spending: what costs $1 in one"
                            + " preset costs 25,000 ₫ in a shop that sells in VND.")
    public Response fromPreset(@Auth Caller caller, FromPreset body) {
        return answer(programs.fromPreset(caller.tenant(), body.preset()));
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
        if (request.reason() != null && request.reason().length() > LONGEST_REASON) {
            throw Problem.invalid(
                    "/reason",
                    "invalid_text",
                    "Must have at most " + LONGEST_REASON + " characters.");
        }
        PublishProgram.Outcome outcome =
                publishProgram.handle(
                        caller.tenant(),
                        caller.actor().id(),
                        request.reason(),
                        request.effectiveAt());
        return new Published(
                outcome.publication().version(),
                outcome.publication().effectiveAt(),
                outcome.doubts().stream().map(Warning::of).toList());
    }

    @GET
    @Path("/versions")
    @AllowedTo(Audience.READERS)
    @Returns(value = VersionView.class, page = true)
    @Operation(summary = "The published versions, newest first")
    public Page<VersionView> versions(@Auth Caller caller, @Context PageRequest page) {
        return page.cut(
                programs.publications(caller.tenant()).reversed(),
                publication -> Integer.toString(publication.version()),
                VersionView::of);
    }

    @GET
    @Path("/versions/{version}")
    @AllowedTo(Audience.READERS)
    @Returns(VersionView.class)
    @Operation(summary = "One published version with its program")
    public VersionView version(@Auth Caller caller, @PathParam("version") String version) {
        return VersionView.of(programs.publication(caller.tenant(), version));
    }

    @POST
    @Path("/versions/{version}/restore")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.MARKETING)
    @Returns(Program.class)
    @Operation(
            summary = "Make an earlier version the draft",
            description = "Publish it then, and it becomes a new version; none is ever changed.")
    public Response restore(@Auth Caller caller, @PathParam("version") String version) {
        return answer(programs.restore(caller.tenant(), version));
    }

    private static Response answer(Draft draft) {
        return Response.ok(draft.program()).tag(ETags.of(draft.version())).build();
    }

    record FromPreset(String preset) {}

    /**
     * @param reason why the program changes; members can read it with the terms
     */
    record PublishRequest(@Nullable String reason, @Nullable Instant effectiveAt) {}

    /**
     * @param warnings legal doubts; nothing is refused for them
     */
    record Published(int version, Instant effectiveAt, List<Warning> warnings) {}

    /**
     * A legal doubt.
     *
     * @param rule such as {@code R03}
     * @param pointer into the program, or to what was said with its publication
     */
    record Warning(String rule, String pointer, String detail) {

        static Warning of(Doubt doubt) {
            return new Warning(doubt.rule(), doubt.pointer(), doubt.detail());
        }
    }

    record VersionView(
            int version,
            Program program,
            @Nullable String reason,
            String publishedBy,
            Instant publishedAt,
            Instant effectiveAt) {

        static VersionView of(Publication publication) {
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
