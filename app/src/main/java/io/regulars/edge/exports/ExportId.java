package io.regulars.edge.exports;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** One export. */
public record ExportId(UUID uuid) {

    static ExportId next() {
        return new ExportId(TypeIds.next());
    }

    static Optional<ExportId> parse(String text) {
        return TypeIds.parse("exp", text).map(ExportId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("exp", uuid);
    }
}
