package io.regulars.engagement.segments;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A segment. */
public record SegmentId(UUID uuid) {

    static SegmentId next() {
        return new SegmentId(TypeIds.next());
    }

    public static Optional<SegmentId> parse(String text) {
        return TypeIds.parse("seg", text).map(SegmentId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("seg", uuid);
    }
}
