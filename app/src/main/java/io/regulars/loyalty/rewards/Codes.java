package io.regulars.loyalty.rewards;

import io.regulars.platform.ids.Tokens;
import java.util.Locale;
import java.util.regex.Pattern;

/** How voucher codes look, and how people write them. */
final class Codes {

    /** 31^12 codes: nobody guesses one, and it still fits on a receipt. */
    private static final int LENGTH = 12;

    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}_]+");

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9#-]{4,40}");

    /** How many tries one hit should take at least, of a program that tries codes out. */
    private static final long TRIES_FOR_A_HIT = 100_000;

    /** More than this many random places are enough for any number of codes. */
    private static final int ENOUGH_RANDOM = 12;

    private Codes() {}

    static String next() {
        return Tokens.readable(LENGTH);
    }

    /** The code as it is kept, of whatever somebody typed: dashes, blanks and case do not count. */
    static String normalised(String typed) {
        return SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    }

    /**
     * Whether so many codes can be made by this pattern, in which each # stands for a random
     * character, and nobody guesses one of them.
     */
    static boolean isPattern(String pattern, int count) {
        int random = (int) Math.min(ENOUGH_RANDOM, pattern.chars().filter(c -> c == '#').count());
        return PATTERN.matcher(pattern).matches()
                && Math.pow(Tokens.READABLE_CHARACTERS, random) >= (double) TRIES_FOR_A_HIT * count;
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
