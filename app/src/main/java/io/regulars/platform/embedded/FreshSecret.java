package io.regulars.platform.embedded;

import io.regulars.platform.ids.RandomAccess;
import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits in letters that need no quoting anywhere. */
final class FreshSecret {
    private static final int BYTES = 32;

    private FreshSecret() {}

    @RandomAccess
    static String make() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
