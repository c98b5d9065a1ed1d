package io.regulars.engagement.segments;

import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Where the fifths of a shop's buyers begin, by how lately (seconds since 1970), how often and for
 * how much they bought. Found once a day: a filter then needs no look at all the other buyers.
 *
 * @param day of the shop
 * @param recency four figures; none while nobody has bought
 */
record Rfm(LocalDate day, List<Double> recency, List<Double> frequency, List<Double> monetary) {

    private static final KeptValue<Rfm> KEPT = KeptValue.of("rfm", Rfm.class);

    static Rfm of(TenantTx tx) {
        LocalDate today = LocalTimes.day(tx.now(), tx.tenant().zone());
        return KEPT.find(tx)
                .filter(kept -> kept.day().equals(today))
                .orElseGet(() -> {
                    Rfm fresh = read(tx, today);
                    KEPT.put(tx, fresh);
                    return fresh;
                });
    }

    private static Rfm read(TenantTx tx, LocalDate today) {
        return tx.query(
                        "select "
                                + Fifths.bounds("b.last")
                                + " as recency, "
                                + Fifths.bounds("b.often")
                                + " as frequency, "
                                + Fifths.bounds("b.spent")
                                + " as monetary from ("
                                + Fifths.BUYERS
                                + Fifths.EACH
                                + ") b")
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
}
