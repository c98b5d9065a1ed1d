package io.regulars.edge.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the file.
 *
 * @param problem why its fields cannot be used; null where they can
 */
record CsvRow(long line, List<String> fields, @Nullable RowError problem) {

    static CsvRow broken(long line, String code, String detail) {
        return new CsvRow(line, List.of(), new RowError(line, code, detail));
    }
}
