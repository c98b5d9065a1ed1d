package io.regulars.edge.imports;

import io.regulars.platform.db.TenantTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class ErrorDao {

    private final TenantTx tx;

    ErrorDao(TenantTx tx) {
        this.tx = tx;
    }

    private record Place(long line, String code) {}

    /** Two errors of one kind in one row become one. */
    void insert(ImportId id, List<RowError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        Map<Place, String> details = new LinkedHashMap<>();
        for (RowError error : errors) {
            details.merge(
                    new Place(error.line(), error.code()),
                    error.detail(),
                    (one, other) -> one + " " + other);
        }
        List<Place> places = List.copyOf(details.keySet());
        tx.update(
                        """
                        insert into <t>.import_error (import_id, line, code, detail)
                        select :id, line, code, detail from unnest(:lines, :codes, :details) as e (line, code, detail)
                        """)
                .bind("id", id.uuid())
                .bindArray("lines", Long.class, places.stream().map(Place::line).toList())
                .bindArray("codes", String.class, places.stream().map(Place::code).toList())
                .bindArray("details", String.class, places.stream().map(details::get).toList())
                .execute();
    }

    /** In the order of the file, from behind this place on. */
    List<RowError> page(ImportId id, long afterLine, String afterCode, int limit) {
        return tx.query(
                        """
                        select line, code, detail from <t>.import_error
                         where import_id = :id and (line, code) > (:line, :code)
                         order by line, code limit :limit
                        """)
                .bind("id", id.uuid())
                .bind("line", afterLine)
                .bind("code", afterCode)
                .bind("limit", limit)
                .map((row, context) ->
                        new RowError(
                                row.getLong("line"),
                                row.getString("code"),
                                row.getString("detail")))
                .list();
    }
}
