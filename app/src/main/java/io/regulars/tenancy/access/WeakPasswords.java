package io.regulars.tenancy.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What everybody tries first. Length is what counts (NIST SP 800-63B); these are the long ones that
 * are guessed all the same.
 */
final class WeakPasswords {

    private static final int FEWEST_DIFFERENT = 5;
    private static final String RUNS =
            "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm"
                    + " qwertzuiopasdfghjklyxcvbnm azertyuiopqsdfghjklmwxcvbn 1qaz2wsx3edc4rfv5tgb6yhn";
    private static final Set<String> WORDS =
            Set.of(
                    "password",
                    "passwort",
                    "matkhau",
                    "motdepasse",
                    "iloveyou",
                    "letmein",
                    "welcome",
                    "administrator",
                    "admin",
                    "qwerty",
                    "princess",
                    "football",
                    "baseball",
                    "superman",
                    "sunshine",
                    "dragon",
                    "monkey",
                    "regulars",
                    "khachquen",
                    "chaobanmoi",
                    "anhyeuem",
                    "emyeuanh",
                    "abcd",
                    "changeme",
                    "whatever",
                    "trustno",
                    "computer",
                    "internet",
                    "samsung",
                    "pokemon");

    private WeakPasswords() {}

    /** Why it is weak; empty where it is not known to be. */
    static Optional<String> reason(String password, String email) {
        String text = password.toLowerCase(Locale.ROOT);
        if (text.equals(email) || text.equals(email.split("@", -1)[0])) {
            return Optional.of("Must not be the e-mail address.");
        }
        if (text.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of("Must have at least " + FEWEST_DIFFERENT + " different characters.");
        }
        if (isRun(text) || isWordWithFigures(text)) {
            return Optional.of("Is among the first that are guessed; take several words.");
        }
        return Optional.empty();
    }

    private static boolean isRun(String text) {
        String backwards = new StringBuilder(text).reverse().toString();
        int half = text.length() / 2;
        boolean doubled =
                text.length() % 2 == 0
                        && text.substring(0, half).equals(text.substring(half))
                        && isPartOfRun(text.substring(0, half));
        return doubled || isPartOfRun(text) || isPartOfRun(backwards);
    }

    private static boolean isPartOfRun(String text) {
        return RUNS.contains(text) || (RUNS + RUNS).contains(text);
    }

    /** A word of the list, once or twice, with figures and marks around it. */
    private static boolean isWordWithFigures(String text) {
        String letters =
                text.replaceAll("^[^a-z]+|[^a-z]+$", "")
                        .replace('0', 'o')
                        .replace('@', 'a')
                        .replace('$', 's')
                        .replaceAll("[^a-z]", "");
        String plain = text.replaceAll("[^a-z]", "");
        return IntStream.rangeClosed(1, 2)
                .mapToObj(times -> times)
                .anyMatch(times ->
                        WORDS.stream()
                                .map(word -> word.repeat(times))
                                .anyMatch(word -> word.equals(letters) || word.equals(plain)));
    }
}
