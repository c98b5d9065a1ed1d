package io.regulars.platform.db;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something of which a shop has one, such as its sender domain: a row of {@code <t>.setting} under
 * a key that belongs to one room. Who needs more of it than reading and putting in place, such as a
 * lock or a merge in one statement, writes SQL.
 *
 * @param <T> what it is; its JSON is what is kept
 */
public final class KeptValue<T> {

    private final String key;
    private final Function<String, T> reader;

    private KeptValue(String key, Function<String, T> reader) {
        this.key = key;
        this.reader = reader;
    }

    public static <T> KeptValue<T> of(String key, Class<T> type) {
        return new KeptValue<>(key, json -> Json.read(json, type));
    }

    public static <T> KeptValue<T> of(String key, TypeReference<T> type) {
        return new KeptValue<>(key, json -> Json.read(json, type));
    }

    public Optional<T> find(TenantTx tx) {
        return tx.query("select value::text from <t>.setting where key = :key")
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .map(reader);
    }

    /** Puts it in place of what was there; goes to the database with the next statement. */
    public void put(TenantTx tx, T value) {
        tx.write(
                """
                insert into <t>.setting as s (key, value, version, updated_at)
                values (:key, :value::jsonb, 1, :now)
                on conflict (key) do update
                   set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                """,
                v -> v.bind("key", key).bind("value", Json.write(value)).bind("now", tx.now()));
    }
}
