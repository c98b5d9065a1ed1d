package io.regulars.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Refuses a body beyond its limit, announced or not, before it is held in memory. */
final class BodyLimit implements ContainerRequestFilter {

    static final long DEFAULT_BYTES = 1024 * 1024;

    /**
     * How much of a refused body is read and thrown away: a client that is still sending when the
     * connection closes would see a reset instead of the answer.
     */
    private static final long DRAINED_BYTES = 32L * 1024 * 1024;

    /** The server unpacks gzip, or who takes the body does. */
    private static final Set<String> ENCODINGS = Set.of("gzip", "x-gzip", "identity");

    private final long maxBytes;

    BodyLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Judges by headers alone: nobody is waited for who has not been asked for credentials yet. */
    @Override
    public void filter(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "The only encoding of the body is gzip.");
        }
        if (announced(request) > maxBytes) {
            // Who asks first has sent nothing yet, and must not be told to go on.
            if (request.getHeaderString("Expect") == null) {
                boolean _ = UnreadBody.drain(request, DRAINED_BYTES);
            }
            throw tooLarge();
        }
        request.setEntityStream(new Limited(request));
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
        private final ContainerRequestContext request;
        private long seen;

        private Limited(ContainerRequestContext request) {
            super(request.getEntityStream());
            this.request = request;
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

        private void count(int more) {
            seen += more;
            if (seen > maxBytes) {
                boolean _ = UnreadBody.drain(request, DRAINED_BYTES);
                throw tooLarge();
            }
        }
    }
}
