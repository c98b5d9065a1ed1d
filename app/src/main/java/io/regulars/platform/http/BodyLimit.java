package io.regulars.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a body beyond its limit, announced or not, before it is held in memory. */
final class BodyLimit implements ContainerRequestFilter {

    static final long DEFAULT_BYTES = 1024 * 1024;

    /**
     * How much of a refused body is read and thrown away: a client that is still sending when the
     * connection closes would see a reset instead of the answer.
     */
    private static final long DRAINED_BYTES = 32L * 1024 * 1024;

    private final long maxBytes;

    BodyLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (!request.hasEntity()) {
            return;
        }
        InputStream body = request.getEntityStream();
        if (announced(request) > maxBytes) {
            // Who asks first has sent nothing yet, and must not be told to go on.
            if (request.getHeaderString("Expect") == null) {
                UnreadBody.drain(body, DRAINED_BYTES);
            }
            throw tooLarge();
        }
        request.setEntityStream(new Limited(body));
    }

    private static long announced(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Problem tooLarge() {
        return Problem.of(
                        ProblemType.PAYLOAD_TOO_LARGE,
                        "The body may have " + maxBytes + " bytes at most.")
                .with("max_bytes", maxBytes);
    }

    private final class Limited extends FilterInputStream {
        private long seen;

        private Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) throws IOException {
            seen += more;
            if (seen > maxBytes) {
                UnreadBody.drain(in, DRAINED_BYTES);
                throw tooLarge();
            }
        }
    }
}
