package io.regulars.engagement.mail;

import java.util.regex.Pattern;

/**
 * What relays and mail servers say, as it is kept. They like to name whom they refuse, and what is
 * kept outlives the member: so addresses are cut out of it before.
 */
final class RelayWords {

    private static final String NONE_OF_IT = "\\s<>()\\[\\],;:\"@";

    /** Also one that is cut off behind its sign, or that is part of a link. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "<?(?:\"[^\"@]*\"|[^" + NONE_OF_IT + "]+?)(?:@|%40)[^" + NONE_OF_IT + "]*>?");

    /** Nobody reads on, and whoever sends reports may send long ones. */
    private static final int MOST_READ = 2_000;

    private static final int MOST_KEPT = 500;

    private RelayWords() {}

    static String kept(String words) {
        return beginning(
                ADDRESS.matcher(beginning(words, MOST_READ)).replaceAll("(address)"), MOST_KEPT);
    }

    private static String beginning(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
