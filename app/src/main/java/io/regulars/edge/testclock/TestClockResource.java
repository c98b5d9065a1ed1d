package io.regulars.edge.testclock;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.threeten.extra.PeriodDuration;

@Path("/v1/test-clock")
@Tag(name = "Test clock")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TestClockResource {

    private final TestClocks clocks;
    private final LaneWorkers workers;

    public TestClockResource(TestClocks clocks, LaneWorkers workers) {
        this.clocks = clocks;
        this.workers = workers;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(Now.class)
    @Operation(summary = "What the test clock shows; it stands still until it is advanced")
    public Now now(@Auth Caller caller) {
        return new Now(clocks.now(caller.tenant()));
    }

    @POST
    @AllowedTo(Audience.ADMIN)
    @Returns(Now.class)
    @Operation(summary = "Set the test clock; only while there is no member")
    public Now start(@Auth Caller caller, Start body) {
        return new Now(clocks.start(caller.tenant(), body.start()));
    }

    @POST
    @Path("/advance")
    @AllowedTo(Audience.ADMIN)
    @SpansTransactions
    @Returns(Advanced.class)
    @Operation(
            summary = "Move the test clock on, and do everything that falls due on the way",
            description =
                    "To a moment, or by an ISO 8601 duration such as P7D, in the shop's zone; by 5 years at most.")
    public Advanced advance(@Auth Caller caller, Advance body) {
        Instant to = body.target(clocks.now(caller.tenant()).atZone(caller.tenant().zone()));
        Map<String, Long> ran = clocks.advance(caller.tenant(), to, workers);
        return new Advanced(to, ran);
    }

    record Now(Instant now) {}

    record Start(Instant start) {}

    /** One of both. */
    record Advance(@Nullable Instant to, @Nullable String by) {

        private static final int MOST_YEARS = 5;

        Instant target(ZonedDateTime now) {
            if ((to == null) == (by == null)) {
                throw Problem.invalid("", "one_required", "Give either to or by.");
            }
            Instant target = to != null ? to : moved(now, by == null ? "" : by);
            if (by != null && target.isBefore(now.toInstant())) {
                throw Problem.invalid("/by", "backwards", "The test clock only goes forward.");
            }
            if (target.isAfter(now.plusYears(MOST_YEARS).toInstant())) {
                throw Problem.invalid(
                        to == null ? "/by" : "/to",
                        "too_far",
                        "The clock moves by at most "
                                + MOST_YEARS
                                + " years at once, for everything on the way is done.");
            }
            return target;
        }

        private static Instant moved(ZonedDateTime now, String by) {
            try {
                return now.plus(PeriodDuration.parse(by)).toInstant();
            } catch (DateTimeException | ArithmeticException e) {
                throw Problem.invalid(
                        "/by",
                        "invalid_duration",
                        "Must be an ISO 8601 duration, such as P7D or PT6H.");
            }
        }
    }

    /**
     * @param ran how many things of each kind were done on the way
     */
    record Advanced(Instant now, Map<String, Long> ran) {}
}
