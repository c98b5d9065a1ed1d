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

    /**
     * How many members hold a tier, and what they bought in a time.
     *
     * @param buyers those of them who bought anything
     * @param revenue what was paid, less refunds
     */
    public record TierCount(String tier, long members, long buyers, long purchases, long revenue) {}

    /**
     * By tier; the end is exclusive.
     *
     * @param first the tier of those who were never given one
     */
    public static List<TierCount> byTier(TenantTx tx, String first, Instant from, Instant until) {
        return tx.query(
                        """
                        select coalesce(a.tier, :first) as tier, count(*) as members, count(p.member_id) as buyers,
                               coalesce(sum(p.n), 0) as purchases, coalesce(sum(p.paid), 0) as revenue
                          from <t>.account a
                          join <t>.member m on m.id = a.member_id and m.merged_into is null and m.erased_at is null
                          left join (select member_id, count(*) as n, sum(amount - refunded) as paid from <t>.purchase p
                                      where member_id is not null and purchased_at >= :from and purchased_at < :until
                                        and
                        """
                                + CountedPurchases.SQL
                                + """

                                              group by member_id) as p on p.member_id = a.member_id
                                 group by 1
                                """)
                .bind("first", first)
                .bind("from", from)
                .bind("until", until)
                .map((row, context) ->
                        new TierCount(
                                row.getString("tier"),
                                row.getLong("members"),
                                row.getLong("buyers"),
                                row.getLong("purchases"),
                                row.getLong("revenue")))
                .list();
    }

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
