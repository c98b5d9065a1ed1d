package io.regulars.platform.retries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Tells a retry from another request under the same key, by the body and by what its caller may
 * see. That of a file is known when the file has been read, which is while the work is done; a
 * repeat's file is read for nothing else.
 */
final class Fingerprint {

    private static final String UNKNOWN = "";

    private final MessageDigest digest;
    private @Nullable DigestInputStream stream;
    private @Nullable String known;

    /**
     * @param who is part of it: an answer is for those who may see what its first caller saw
     */
    Fingerprint(String who) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        digest.update(who.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a body and answers what the work is to be given in its place. */
    Object of(Object body, ObjectMapper mapper) throws JsonProcessingException {
        if (body instanceof InputStream in) {
            DigestInputStream through = new DigestInputStream(in, digest);
            stream = through;
            return through;
        }
        digest.update(mapper.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        return body;
    }

    /** As far as it is known before the work. */
    String soFar() {
        return stream == null ? whole() : UNKNOWN;
    }

    /** Whether what was kept is of the same body; nothing is known of a file still being read. */
    boolean fits(String kept) {
        return kept.equals(UNKNOWN) || kept.equals(whole());
    }

    /** Of the whole body; what of it nobody has read is read now. */
    String whole() {
        String whole = known;
        if (whole == null) {
            try {
                if (stream != null) {
                    long _ = stream.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            whole = Base64.getEncoder().encodeToString(digest.digest());
            known = whole;
        }
        return whole;
    }
}
