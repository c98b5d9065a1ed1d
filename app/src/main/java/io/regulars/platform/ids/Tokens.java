package io.regulars.platform.ids;

import java.security.SecureRandom;

/** Unguessable text. */
public final class Tokens {

    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** No 0 O 1 I L: a voucher code is read aloud at a counter. */
    private static final String READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /** How many characters there are to draw from for a readable text. */
    public static final int READABLE_CHARACTERS = READABLE.length();

    private static final SecureRandom RANDOM = secure();

    private Tokens() {}

    /** About 5.95 bits a character. */
    public static String base62(int length) {
        return draw(BASE62, length);
    }

    /** About 4.95 bits a character, without letters that are mistaken for one another. */
    public static String readable(int length) {
        return draw(READABLE, length);
    }

    public static String digits(int length) {
        return draw("0123456789", length);
    }

    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String draw(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @RandomAccess
    private static SecureRandom secure() {
        return new SecureRandom();
    }
}
