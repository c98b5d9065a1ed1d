package io.regulars.edge.imports;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** One import. */
public record ImportId(UUID uuid) {

    static ImportId next() {
        return new ImportId(TypeIds.next());
    }

    static Optional<ImportId> parse(String text) {
        return TypeIds.parse("imp", text).map(ImportId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("imp", uuid);
    }
}
