package io.regulars.engagement.segments;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the fifths of a shop's buyers begin, by how lately (seconds since 1970), how often and for
 * how much they bought. Found once a day: a filter then needs no look at all the other buyers.
 *
 * @param day of the shop
 * @param recency four figures; none while nobody has bought
 */
record Rfm(LocalDate day, List<Double> recency, List<Double> frequency, List<Double> monetary) {

    private static final String KEY = "rfm";

    static Rfm of(TenantTx tx) {
        LocalDate today = LocalTimes.day(tx.now(), tx.tenant().zone());
        return find(tx).filter(kept -> kept.day().equals(today))
                .orElseGet(() -> {
                    Rfm fresh = read(tx, today);
                    keep(tx, fresh);
                    return fresh;
                });
    }

    private static Optional<Rfm> find(TenantTx tx) {
        return tx.query("select value::text from <t>.setting where key = :key")
                .bind("key", KEY)
                .mapTo(String.class)
                .findOne()
                .map(json -> Json.read(json, Rfm.class));
    }

    private static Rfm read(TenantTx tx, LocalDate today) {
        return tx.query(
                        """
                        select (percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by b.last)) as recency,
                               (percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by b.often)) as frequency,
                               (percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by b.spent)) as monetary
                          from (select extract(epoch from max(purchased_at))::float8 as last, count(*)::float8 as often,
                                       sum(amount - refunded)::float8 as spent
                                  from <t>.purchase where member_id is not null group by member_id) b
                        """)
                .map((row, context) ->
                        new Rfm(
                                today,
                                figures(row, "recency"),
                                figures(row, "frequency"),
                                figures(row, "monetary")))
                .one();
    }

    private static List<Double> figures(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((Double[]) array.getArray());
    }

    private static void keep(TenantTx tx, Rfm rfm) {
        tx.update(
                        """
                        insert into <t>.setting as s (key, value, version, updated_at)
                        values (:key, :value::jsonb, 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                        """)
                .bind("key", KEY)
                .bind("value", Json.write(rfm))
                .bind("now", tx.now())
                .execute();
    }
}
