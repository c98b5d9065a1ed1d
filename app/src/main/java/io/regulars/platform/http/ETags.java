package io.regulars.platform.http;

import jakarta.ws.rs.core.EntityTag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions of rows as entity tags. */
public final class ETags {

    private ETags() {}

    public static EntityTag of(int version) {
        return new EntityTag(Integer.toString(version));
    }

    /**
     * The version that {@code If-Match} wants; empty where it is absent or {@code *}.
     *
     * @throws Problem 412 for a tag that we never gave
     */
    public static Optional<Integer> expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        String tag = ifMatch.strip();
        if (tag.matches("\"\\d{1,9}\"")) {
            return Optional.of(Integer.parseInt(tag.substring(1, tag.length() - 1)));
        }
        throw Problem.of(
                ProblemType.PRECONDITION_FAILED, "If-Match is not an ETag of this resource.");
    }
}
