package io.regulars.platform.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last stop of everything thrown. Only a fault of our own is logged, once, and nothing of it
 * goes out.
 */
final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 400) {
            return e.getResponse();
        }
        Optional<Problem> refusal = Refusals.of(thrown);
        if (refusal.isEmpty()) {
            LOGGER.error("Request failed", thrown);
        }
        Problem problem =
                refusal.orElseGet(() ->
                        Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "Something went wrong on our side; it is logged under this request id."));
        return answer(problem, thrown);
    }

    private static Response answer(Problem problem, Throwable thrown) {
        Response.ResponseBuilder answer =
                Response.status(problem.type().status())
                        .type(ProblemDetails.MEDIA_TYPE)
                        .entity(ProblemDetails.of(problem, RequestIds.current()));
        problem.retryAfter()
                .ifPresent(wait ->
                        answer.header(
                                HttpHeaders.RETRY_AFTER,
                                Math.max(1, wait.plusMillis(999).toSeconds())));
        if (thrown instanceof WebApplicationException e) {
            keep(e.getResponse(), answer, HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE);
        }
        if (thrown instanceof NotAllowedException e) {
            Refusals.allow(e).ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
        }
        return answer.build();
    }

    private static void keep(Response from, Response.ResponseBuilder to, String... headers) {
        for (String header : headers) {
            Optional.ofNullable(from.getHeaderString(header))
                    .ifPresent(value -> to.header(header, value));
        }
    }
}
