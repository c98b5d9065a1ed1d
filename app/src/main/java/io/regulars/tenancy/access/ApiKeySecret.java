package io.regulars.tenancy.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret of an API key: {@code rk_live_} or {@code rk_test_}, 30 characters of base 62, and 6
 * more that check them. A mistyped or cut key, and one that a scanner has found in somebody's code,
 * is judged without a look-up. Written whole into the one answer that shows it, and nowhere else.
 */
public record ApiKeySecret(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile("rk_(live|test)_[0-9A-Za-z]{36}");
    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 30;
    private static final int CHECK_LENGTH = 6;

    static ApiKeySecret mint(Side side) {
        String start = "rk_" + side.key() + "_" + Tokens.base62(RANDOM_LENGTH);
        return new ApiKeySecret(start + checksum(start));
    }

    /** The secret, or empty where the text cannot be one. */
    static Optional<ApiKeySecret> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECK_LENGTH;
        return checksum(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(new ApiKeySecret(text))
                : Optional.empty();
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    /** By which people tell their keys apart. */
    String hint() {
        return text.substring(text.length() - 4);
    }

    private static String checksum(String start) {
        CRC32 crc = new CRC32();
        crc.update(start.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECK_LENGTH];
        for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return "(API key)";
    }
}
