package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A segment as kept. */
record Segment(
        SegmentId id,
        String name,
        JsonNode filter,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
