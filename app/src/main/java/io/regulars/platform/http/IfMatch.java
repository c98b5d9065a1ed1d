package io.regulars.platform.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a row that the caller of {@code If-Match} is ready to change (RFC 9110, 13.1.1).
 * A tag that we never gave, and a weak one, matches nothing.
 */
public final class IfMatch {

    private static final Pattern TAG = Pattern.compile("(?<weak>W/)?\"(?<version>[^\"]*)\"");
    private static final String ANY = "*";

    private final boolean sent;
    private final boolean any;
    private final Set<String> versions;

    private IfMatch(boolean sent, boolean any, Set<String> versions) {
        this.sent = sent;
        this.any = any;
        this.versions = versions;
    }

    /**
     * @param header null where it was not sent: then any version will do
     */
    public static IfMatch of(@Nullable String header) {
        if (header == null) {
            return new IfMatch(false, true, Set.of());
        }
        return new IfMatch(
                true,
                header.strip().equals(ANY),
                TAG.matcher(header)
                        .results()
                        .filter(tag -> tag.group("weak") == null)
                        .map(tag -> tag.group("version"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it was sent, and so wants something to be there. */
    public boolean isSent() {
        return sent;
    }

    /**
     * @param what is to be changed, such as {@code campaign}
     * @throws Problem 412 where it is of another version
     */
    public void check(int version, String what) {
        if (!any && !versions.contains(Integer.toString(version))) {
            throw Problem.of(
                    ProblemType.PRECONDITION_FAILED,
                    String.format(
                            Locale.ROOT,
                            "The %s was changed in the meantime; read it again.",
                            what));
        }
    }
}
