package io.regulars.platform.ids;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The TypeID form of an id: a type's prefix, an underscore, and a UUID in 26 characters of
 * Crockford's base 32 (https://github.com/jetify-com/typeid). Ids are UUIDv7, so they sort by the
 * moment they were made.
 */
public final class TypeIds {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int[] VALUE_OF = new int[128];
    private static final int LENGTH = 26;

    static {
        Arrays.fill(VALUE_OF, -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUE_OF[ALPHABET.charAt(i)] = i;
        }
    }

    private TypeIds() {}

    /** A new UUIDv7; later ones sort behind earlier ones, also within one millisecond. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    public static String format(String prefix, UUID id) {
        char[] text = new char[LENGTH];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return prefix + "_" + new String(text);
    }

    /** The UUID inside, or empty where the text is not an id of this type. */
    public static Optional<UUID> parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (text.length() != start + LENGTH
                || !text.startsWith(prefix)
                || text.charAt(prefix.length()) != '_') {
            return Optional.empty();
        }
        // 26 characters hold 130 bits; the first may only carry three.
        if (text.charAt(start) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c < VALUE_OF.length ? VALUE_OF[c] : -1;
            if (value < 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | value;
        }
        return Optional.of(new UUID(high, low));
    }
}
