package io.regulars.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what is left of a refused request and throws it away: a client that is still sending when
 * the connection closes would see a reset instead of the answer.
 */
final class UnreadBody implements ContainerResponseFilter {

    private static final long MOST_BYTES = BodyLimit.DEFAULT_BYTES;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // Who asks first has sent nothing yet, and must not be told to go on.
        boolean asksFirst = request.getHeaderString("Expect") != null;
        if (response.getStatus() < 400 || asksFirst) {
            return;
        }
        try {
            if (request.hasEntity() && !drain(request.getEntityStream(), MOST_BYTES)) {
                response.getHeaders().putSingle("Connection", "close");
            }
        } catch (IOException | RuntimeException e) {
            // It was read, is garbled, or the client is gone: the answer is sent all the same.
        }
    }

    /** Whether the end was reached. */
    static boolean drain(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = most;
        while (left > 0) {
            int read = body.read(buffer);
            if (read < 0) {
                return true;
            }
            left -= read;
        }
        return false;
    }
}
