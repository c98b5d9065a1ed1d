package io.regulars.platform.db;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A digest of all that was said, by which a repeat is told from something else under its key. */
public final class ContentHash {

    private ContentHash() {}

    public static String of(Record said) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Json.write(said).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
