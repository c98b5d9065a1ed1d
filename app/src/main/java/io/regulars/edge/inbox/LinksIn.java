package io.regulars.edge.inbox;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses in a mail's text: its own links are dead in the frame that shows it. */
final class LinksIn {

    private static final int MOST = 20;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]{1,2000}");
    private static final Pattern PUNCTUATION_BEHIND = Pattern.compile("[.,;:!?)\\]'’”]+$");

    private LinksIn() {}

    static List<String> text(String text) {
        return ADDRESS.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(address -> PUNCTUATION_BEHIND.matcher(address).replaceAll(""))
                .distinct()
                .limit(MOST)
                .toList();
    }
}
