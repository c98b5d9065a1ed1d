package io.regulars.platform.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For load balancers and container engines. */
@NotLimited
@Path("/")
@Tag(name = "Health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

    private final BooleanSupplier databaseAnswers;

    public HealthResource(BooleanSupplier databaseAnswers) {
        this.databaseAnswers = databaseAnswers;
    }

    @GET
    @Path("healthz")
    @AllowedTo(Audience.ANYONE)
    @Returns(Health.class)
    @Operation(summary = "The process lives")
    public Health alive() {
        return new Health("ok");
    }

    @GET
    @Path("readyz")
    @AllowedTo(Audience.ANYONE)
    @Returns(Health.class)
    @Operation(
            summary = "The service can answer requests; 503 while its database cannot be reached")
    public Health ready() {
        if (!databaseAnswers.getAsBoolean()) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The database cannot be reached.")
                    .retryAfter(Duration.ofSeconds(5));
        }
        return new Health("ok");
    }

    record Health(String status) {}
}
