package io.regulars.edge;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The markup of a page without its words. */
public final class Tags {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private Tags() {}

    public static List<String> of(String html) {
        return TAG.matcher(html).results().map(MatchResult::group).toList();
    }
}
