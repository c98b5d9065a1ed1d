package io.regulars.loyalty.program;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published version as it is kept.
 *
 * @param reason why it was changed, for members to read
 * @param publishedBy the id of the user or key
 */
public record Publication(
        int version,
        Program program,
        @Nullable String reason,
        String publishedBy,
        Instant publishedAt,
        Instant effectiveAt) {}
