package io.regulars.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What Jetty refuses before or beside Jersey, in the one shape of every refusal: never HTML, never
 * a stack trace.
 */
final class JettyProblems {

    private static final String SLASH_IN_A_NAME =
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR.getDescription();

    /** Any other method is refused before it is known what stands at the address. */
    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    private final ObjectMapper mapper;

    JettyProblems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** For what does not even reach a servlet context. */
    final class OfServer extends ErrorHandler {
        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                String message,
                @Nullable Throwable cause,
                Callback callback) {
            answer(request, response, code, cause, callback);
        }
    }

    /** For {@code sendError} and what is thrown inside a servlet context. */
    final class OfContext extends org.eclipse.jetty.ee10.servlet.ErrorHandler {
        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                String message,
                @Nullable Throwable cause,
                Callback callback) {
            answer(request, response, code, cause, Callback.NOOP);
            Request.as(request, ServletContextRequest.class)
                    .getServletChannel()
                    .sendErrorResponseAndComplete();
        }
    }

    private void answer(
            Request request,
            Response response,
            int code,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = problem(code, cause);
        response.setStatus(problem.type().status());
        String id = requestId(request, response);
        response.getHeaders().put(RequestIds.HEADER, id);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        SecurityHeaders.ALWAYS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
        if (code == HttpStatus.METHOD_NOT_ALLOWED_405) {
            response.getHeaders().put(HttpHeader.ALLOW, METHODS);
        }
        byte[] body = body(problem, id);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static Problem problem(int code, @Nullable Throwable cause) {
        ProblemType type = ProblemType.ofStatus(code);
        // Jetty's own reasons are short and meant for the caller; any other message may hold
        // anything.
        String reason =
                type.status() < 500 && cause instanceof HttpException http
                        ? http.getReason()
                        : null;
        if (SLASH_IN_A_NAME.equals(reason)) {
            // It would be part of an id, and no id has one.
            return Problem.notFound("address");
        }
        return Problem.of(type, (reason == null ? type.title() : reason) + ".");
    }

    private byte[] body(Problem problem, String requestId) {
        try {
            return mapper.writeValueAsBytes(ProblemDetails.of(problem, requestId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String requestId(Request request, Response response) {
        if (request.getAttribute(RequestIds.KEY) instanceof String known) {
            return known;
        }
        String answered = response.getHeaders().get(RequestIds.HEADER);
        return answered != null
                ? answered
                : RequestIds.of(request.getHeaders().get(RequestIds.HEADER));
    }
}
