package io.regulars.engagement.mail;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.LocalDate;

/**
 * How many mails a shop has tried out today. They are no messages, so that nothing else would know
 * of them; one row of {@code setting} that each new day overwrites.
 */
final class TrialsToday {

    private static final String KEY = "trials_today";
    private static final KeptValue<Tried> KEPT = KeptValue.of(KEY, Tried.class);

    private TrialsToday() {}

    private record Tried(LocalDate day, long count) {}

    static long count(TenantTx tx) {
        return KEPT.find(tx)
                .filter(tried -> tried.day().equals(today(tx)))
                .map(Tried::count)
                .orElse(0L);
    }

    /** Counts one more; of several at once each waits for the one before it. */
    static void add(TenantTx tx) {
        tx.query(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        values (:key, :none::jsonb, 1, :now)
                        on conflict (key) do update set updated_at = excluded.updated_at
                        returning version
                        """)
                .bind("key", KEY)
                .bind("none", Json.write(new Tried(today(tx), 0)))
                .bind("now", tx.now())
                .mapTo(int.class)
                .one();
        tx.update(
                        "update <t>.setting set value = :value::jsonb, version = version + 1 where key = :key")
                .bind("value", Json.write(new Tried(today(tx), count(tx) + 1)))
                .bind("key", KEY)
                .execute();
    }

    private static LocalDate today(TenantTx tx) {
        return LocalTimes.day(tx.now(), tx.tenant().zone());
    }
}
