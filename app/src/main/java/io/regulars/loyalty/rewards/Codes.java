package io.regulars.loyalty.rewards;

import io.regulars.platform.ids.Tokens;
import java.util.Locale;
import java.util.regex.Pattern;

/** How voucher codes look, and how people write them. */
final class Codes {

    /** 31^12 codes: nobody guesses one, and it still fits on a receipt. */
    private static final int LENGTH = 12;

    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}_]+");

    private static final Pattern PATTERN = Pattern.compile("[A-Z0-9#-]{8,40}");

    /** With fewer random places a program could try them out. */
    private static final int FEWEST_RANDOM = 8;

    private Codes() {}

    static String next() {
        return Tokens.readable(LENGTH);
    }

    /** The code as it is kept, of whatever somebody typed: dashes, blanks and case do not count. */
    static String normalised(String typed) {
        return SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    }

    /** Whether codes can be made by this pattern, in which each # stands for a random character. */
    static boolean isPattern(String pattern) {
        return PATTERN.matcher(pattern).matches()
                && pattern.chars().filter(c -> c == '#').count() >= FEWEST_RANDOM;
    }

    static String byPattern(String pattern) {
        StringBuilder code = new StringBuilder(pattern.length());
        String random = Tokens.readable(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            code.append(pattern.charAt(i) == '#' ? random.charAt(i) : pattern.charAt(i));
        }
        return code.toString();
    }
}
