package io.regulars.loyalty.publishing;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/** The way of a program from trying it out to the live side. */
@Tag(name = "Program")
@Path("/v1/program/draft/from-test")
@Produces(MediaType.APPLICATION_JSON)
public final class MoveProgramResource {

    private final EditProgram programs;
    private final Function<TenantId, Optional<TenantRef>> testSides;

    public MoveProgramResource(
            EditProgram programs, Function<TenantId, Optional<TenantRef>> testSides) {
        this.programs = programs;
        this.testSides = testSides;
    }

    @POST
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(Program.class)
    @Operation(
            summary = "Replace the live draft with the program published on the test side",
            description = "Nothing is published by it.")
    public Response move(@Auth Caller caller) {
        if (caller.tenant().isTest()) {
            throw Problem.of(ProblemType.FORBIDDEN, "This takes a live key.");
        }
        TenantRef test =
                testSides
                        .apply(caller.tenant().id())
                        .orElseThrow(() ->
                                Problem.of(ProblemType.CONFLICT, "The test side was never used."));
        Draft draft = programs.fromTest(caller.tenant(), test);
        return Response.ok(draft.program()).header("ETag", ETags.of(draft.version())).build();
    }
}
