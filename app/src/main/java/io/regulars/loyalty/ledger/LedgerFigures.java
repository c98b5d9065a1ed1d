package io.regulars.loyalty.ledger;

import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums of points over all members, for the books and for reports. */
public final class LedgerFigures {

    private LedgerFigures() {}

    /**
     * What happened to points of one kind in one month of the shop.
     *
     * @param month its first day
     * @param kind as the ledger keeps it: earn, redeem, return, reverse, expire, adjust, opening,
     *     merge
     */
    public record Moved(LocalDate month, String kind, long points) {}

    /** By month and kind, the oldest month first, up to an exclusive moment. */
    public static List<Moved> byMonth(TenantTx tx, ZoneId zone, Instant until) {
        return tx.query(
                        """
                        select date_trunc('month', occurred_at at time zone :zone)::date as month, kind, sum(points) as points
                          from <t>.ledger_entry where occurred_at < :until
                         group by 1, 2 order by 1, 2
                        """)
                .bind("zone", zone.getId())
                .bind("until", until)
                .map((row, context) ->
                        new Moved(
                                row.getObject("month", LocalDate.class),
                                row.getString("kind"),
                                row.getLong("points")))
                .list();
    }

    /** By kind in a time, the end exclusive. */
    public static Map<String, Long> byKind(TenantTx tx, Instant from, Instant until) {
        return tx
                .query(
                        """
                        select kind, sum(points) as points from <t>.ledger_entry
                         where occurred_at >= :from and occurred_at < :until group by kind
                        """)
                .bind("from", from)
                .bind("until", until)
                .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("points")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * What members have now.
     *
     * @param open in lots that are not used up, pending ones included
     * @param debt what members owe after refunds
     */
    public record Outstanding(long open, long debt, long members) {}

    public static Outstanding outstanding(TenantTx tx) {
        return tx.query(
                        """
                        select coalesce(sum(balance + debt), 0) as open, coalesce(sum(debt), 0) as debt,
                               count(*) filter (where balance > 0) as members
                          from <t>.account where not closed
                        """)
                .map((row, context) ->
                        new Outstanding(
                                row.getLong("open"), row.getLong("debt"), row.getLong("members")))
                .one();
    }
}
