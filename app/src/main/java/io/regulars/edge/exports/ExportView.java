package io.regulars.edge.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An export.
 *
 * @param status queued, running or completed
 * @param rows written so far
 * @param url where the file is, for a key that may see the export; null until it is complete
 */
record ExportView(
        ExportId id,
        String kind,
        String status,
        long rows,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String url,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant finishedAt) {

    static ExportView of(ExportJob job) {
        return new ExportView(
                job.id(),
                job.kind(),
                job.state().key(),
                job.rows(),
                job.state() == ExportJob.State.COMPLETED
                        ? "/v1/exports/" + job.id() + "/file"
                        : null,
                job.createdAt(),
                job.finishedAt());
    }
}
