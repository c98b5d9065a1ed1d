package io.regulars.events;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Actors;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what in a shop's own schema: rows of {@code event} of a type {@code audit.…}, written
 * in the transaction of the change. They are no events to others: webhooks are not told of them and
 * the feed does not show them.
 */
public final class Audit {

    static final String TYPES = "audit.";

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private Audit() {}

    /**
     * What was done.
     *
     * @param before the values that changed; null for something new
     * @param after the values they have now; null for something that is gone
     */
    public record Entry(
            UUID id,
            String action,
            String actor,
            String target,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after,
            Instant at) {}

    private record Data(
            String actor,
            String target,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {}

    /**
     * Records a change by whoever acts in this thread, of those fields that have another value now.
     *
     * @param target what was changed, by its id
     * @param before as it was; null for something new
     * @param after as it is; null for something that is gone
     */
    public static void note(
            TenantTx tx,
            String action,
            String target,
            @Nullable Object before,
            @Nullable Object after) {
        Map<String, Object> was = fields(before);
        Map<String, Object> is = fields(after);
        Map<String, Object> changedFrom = new LinkedHashMap<>(was);
        changedFrom.entrySet().removeIf(field -> same(field, is));
        Map<String, Object> changedTo = new LinkedHashMap<>(is);
        changedTo.entrySet().removeIf(field -> same(field, was));
        write(
                tx,
                action,
                new Data(
                        Actors.current(),
                        target,
                        before == null ? null : changedFrom,
                        after == null ? null : changedTo));
    }

    /** The same of a member: which fields have another value, but not which values. */
    public static void noteOfMember(
            TenantTx tx, String action, String target, List<String> changedFields) {
        write(
                tx,
                action,
                new Data(
                        Actors.current(),
                        target,
                        null,
                        changedFields.isEmpty() ? null : Map.of("fields", changedFields)));
    }

    /** The names of the fields in which the two differ. */
    public static List<String> differing(Object before, Object after) {
        Map<String, Object> was = fields(before);
        Map<String, Object> is = fields(after);
        return Stream.concat(was.keySet().stream(), is.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(was.get(name), is.get(name)))
                .toList();
    }

    /** Newest first. */
    public static List<Entry> page(TenantTx tx, @Nullable UUID before, int limit) {
        return tx.query(
                        """
                        select id, type, data::text, occurred_at
                          from <t>.event
                         where type like 'audit.%' and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by id desc
                         limit :limit
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> {
                    Data data = Json.read(row.getString("data"), Data.class);
                    return new Entry(
                            Rows.uuid(row, "id"),
                            row.getString("type").substring(TYPES.length()),
                            data.actor(),
                            data.target(),
                            data.before(),
                            data.after(),
                            Rows.instant(row, "occurred_at"));
                })
                .list();
    }

    private static void write(TenantTx tx, String action, Data data) {
        Outbox.record(tx, TYPES + action, Json.write(data));
    }

    private static Map<String, Object> fields(@Nullable Object value) {
        return value == null ? Map.of() : Json.read(Json.write(value), FIELDS);
    }

    private static boolean same(Map.Entry<String, Object> field, Map<String, Object> other) {
        return Objects.equals(field.getValue(), other.get(field.getKey()));
    }
}
