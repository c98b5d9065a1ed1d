package io.regulars.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What an import came to, counted in rows of the file, and the first of the rows that were not
 * taken.
 */
record ImportResult(long rows, long taken, long failed, List<RowProblem> problems) {
    static final int SHOWN = 5;

    private static final List<String> LINE = List.of("line", "row", "line_number");
    private static final List<String> REASON =
            List.of("detail", "reason", "message", "error", "code");

    record RowProblem(String line, String reason) {
        @Override
        public String toString() {
            return "line " + line + ": " + reason;
        }
    }

    /**
     * The list behind {@code errors_url}: CSV with a header, or JSON, one entry per row that
     * failed.
     */
    static List<RowProblem> problemsIn(String body) {
        return body.stripLeading().startsWith("{") || body.stripLeading().startsWith("[")
                ? fromJson(body)
                : fromCsv(body);
    }

    private static List<RowProblem> fromJson(String body) {
        try {
            JsonNode tree = Api.JSON.readTree(body);
            JsonNode list = tree.isArray() ? tree : tree.path("data");
            return StreamSupport.stream(list.spliterator(), false)
                    .limit(SHOWN)
                    .map(row -> new RowProblem(member(row, LINE), member(row, REASON)))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new DemoFailure("The list of failed rows is not JSON", e);
        }
    }

    private static List<RowProblem> fromCsv(String body) {
        try (Stream<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(body).stream()) {
            return rows.limit(SHOWN)
                    .map(row -> new RowProblem(column(row, LINE), column(row, REASON)))
                    .toList();
        }
    }

    private static String member(JsonNode row, List<String> names) {
        return names.stream()
                .filter(row::hasNonNull)
                .findFirst()
                .map(name -> row.path(name).asText())
                .orElse("?");
    }

    private static String column(NamedCsvRecord row, List<String> names) {
        return names.stream().flatMap(name -> row.findField(name).stream()).findFirst().orElse("?");
    }
}
