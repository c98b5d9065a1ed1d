package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.engagement.segments.Compiler.Compiled;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who is in a segment, asked within the caller's transaction. */
public final class Segments {

    /** Longer than this nobody's filter may keep the database busy. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Programs programs;

    public Segments(Programs programs) {
        this.programs = programs;
    }

    /** Whether there is such a segment. */
    public static boolean exists(TenantTx tx, String id) {
        return SegmentId.parse(id).flatMap(new SegmentDao(tx)::find).isPresent();
    }

    /**
     * Those of these members who are in it; nobody is in one that was deleted.
     *
     * @param id a segment's
     */
    public Set<UUID> among(TenantTx tx, String id, Collection<UUID> members) {
        SegmentDao dao = new SegmentDao(tx);
        if (members.isEmpty()) {
            return Set.of();
        }
        return SegmentId.parse(id)
                .flatMap(dao::find)
                .map(segment -> dao.among(predicate(tx, segment.filter()), members))
                .orElse(Set.of());
    }

    /**
     * A filter that was checked when it was kept; what it names may be gone since and fits nobody.
     */
    private Predicate predicate(TenantTx tx, JsonNode filter) {
        return compile(tx, filter, "").predicate();
    }

    Compiled compile(TenantTx tx, JsonNode filter, String pointer) {
        return new Compiler(new Circumstances(tx, programs)).compile(filter, pointer);
    }

    /** All that is wrong with a filter. */
    List<FieldError> errors(TenantTx tx, JsonNode filter, String pointer) {
        return compile(tx, filter, pointer).errors();
    }
}
