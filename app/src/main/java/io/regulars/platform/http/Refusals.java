package io.regulars.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.glassfish.jersey.internal.inject.ExtractorException;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.glassfish.jersey.server.ParamException;

/** Everything that may be thrown at us, in the words of the API. Empty: a fault of our own. */
final class Refusals {

    private Refusals() {}

    static Optional<Problem> of(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> Optional.of(problem);
            case JacksonException e -> JacksonProblems.of(e);
            case ParamException e -> Optional.of(parameter(e));
            case ExtractorException e -> Optional.ofNullable(e.getCause()).flatMap(Refusals::of);
            case HeaderValueException _ ->
                    Optional.of(Problem.of(ProblemType.BAD_REQUEST, "A header cannot be read."));
            case WebApplicationException e -> jersey(e);
            case HttpException e -> jetty(e.getCode());
            // What Jersey makes of it when the first byte does not come.
            case ProcessingException e when e.getCause() instanceof IOException io -> of(io);
            case EofException _ -> Optional.of(brokenOff());
            case EOFException _ -> Optional.of(brokenOff());
            case TimeoutException _ ->
                    Optional.of(
                            Problem.of(
                                    ProblemType.REQUEST_TIMEOUT,
                                    "The body did not arrive in time."));
            default -> causeOf(thrown);
        };
    }

    /**
     * Jetty wraps what went wrong on the wire in plain exceptions; nothing else of a cause is
     * believed.
     */
    private static Optional<Problem> causeOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return switch (cause) {
            case EOFException _ -> Optional.of(brokenOff());
            case ZipException _ ->
                    Optional.of(
                            Problem.of(
                                    ProblemType.BAD_REQUEST,
                                    "The body is not gzip, or is damaged, though Content-Encoding says gzip."));
            case HttpException e -> jetty(e.getCode());
            case TimeoutException e when thrown instanceof IOException -> of(e);
            case null, default -> Optional.empty();
        };
    }

    private static Problem brokenOff() {
        return Problem.of(ProblemType.BAD_REQUEST, "The body broke off before its end.");
    }

    private static Problem parameter(ParamException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        String name = e.getParameterName();
        return switch (e) {
            case ParamException.PathParamException _ -> Problem.notFound(name);
            case ParamException.QueryParamException _ ->
                    Problem.invalid("?" + name, "invalid_value", name + " is not a valid value.");
            default -> Problem.of(ProblemType.BAD_REQUEST, name + " cannot be read.");
        };
    }

    private static Optional<Problem> jersey(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        ProblemType type = ProblemType.ofStatus(status);
        return switch (type) {
            case INTERNAL_ERROR -> Optional.empty();
            case NOT_FOUND -> Optional.of(Problem.of(type, "There is nothing at this address."));
            case METHOD_NOT_ALLOWED -> Optional.of(Problem.of(type, allowed(e)));
            case NOT_ACCEPTABLE ->
                    Optional.of(
                            Problem.of(
                                    type,
                                    "None of the media types in Accept is spoken here; without the header you get what there is."));
            case UNSUPPORTED_MEDIA_TYPE ->
                    Optional.of(
                            Problem.of(
                                    type,
                                    "This call takes another Content-Type: text/csv for a file to import, application/yaml or application/json for a program, application/json for all else."));
            default -> Optional.of(Problem.of(type, type.title() + "."));
        };
    }

    private static String allowed(WebApplicationException e) {
        return e instanceof NotAllowedException refused
                ? allow(refused)
                        .map(allow -> "Allowed here: " + allow + ".")
                        .orElse("This method is not allowed here.")
                : "This method is not allowed here.";
    }

    /** The methods of the header, and HEAD, which is there wherever GET is. */
    static Optional<String> allow(NotAllowedException e) {
        return Optional.ofNullable(e.getResponse().getHeaderString(HttpHeaders.ALLOW))
                .map(said -> {
                    SortedSet<String> methods = new TreeSet<>(List.of(said.split(",\\s*", -1)));
                    if (methods.contains(HttpMethod.GET)) {
                        methods.add(HttpMethod.HEAD);
                    }
                    return String.join(", ", methods);
                });
    }

    private static Optional<Problem> jetty(int status) {
        ProblemType type = ProblemType.ofStatus(status);
        return type == ProblemType.INTERNAL_ERROR
                ? Optional.empty()
                : Optional.of(Problem.of(type, type.title() + "."));
    }
}
