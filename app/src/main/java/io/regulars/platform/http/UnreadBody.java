package io.regulars.platform.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads what is left of a refused request and throws it away: a client that is still sending when
 * the connection closes would see a reset instead of the answer. Who has stopped sending is not
 * waited for.
 */
final class UnreadBody implements ContainerResponseFilter {

    private static final long MOST_BYTES = BodyLimit.DEFAULT_BYTES;

    /** After which nothing more is expected. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration IN_ALL = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final String SERVERS_OWN = UnreadBody.class.getName();

    /**
     * Keeps the request as the server has it: to read from that waits for nothing, which from a
     * servlet's stream cannot be had.
     */
    static final class Source implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.setAttribute(
                    SERVERS_OWN, ServletContextRequest.getServletContextRequest(request));
            chain.doFilter(request, response);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // Who asks first has sent nothing yet, and must not be told to go on.
        boolean asksFirst = request.getHeaderString("Expect") != null;
        if (response.getStatus() >= 400 && !asksFirst && !drain(request, MOST_BYTES)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    /** Whether the end was reached. */
    static boolean drain(ContainerRequestContext request, long most) {
        if (!(request.getProperty(SERVERS_OWN) instanceof Request body)) {
            return false;
        }
        long start = System.nanoTime();
        long heard = start;
        long left = most;
        while (left > 0) {
            Content.Chunk chunk = body.read();
            if (Content.Chunk.isFailure(chunk)) {
                return false;
            }
            long now = System.nanoTime();
            if (chunk != null) {
                heard = now;
                left -= chunk.remaining();
                chunk.release();
                if (chunk.isLast()) {
                    return true;
                }
            } else if (now - heard > SILENCE.toNanos() || now - start > IN_ALL.toNanos()) {
                return false;
            } else {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
        return false;
    }
}
