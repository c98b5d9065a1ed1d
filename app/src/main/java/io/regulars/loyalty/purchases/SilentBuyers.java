package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members by when they bought last. What was taken back as a whole was no purchase. */
public final class SilentBuyers {

    private SilentBuyers() {}

    /**
     * When the last purchase was.
     *
     * @param until exclusive
     */
    public record Silence(Instant since, Instant until) {}

    /**
     * A batch of members of one zone who want mail and have been silent so long, in the order of
     * their ids. Who does not want mail is left out: they would be looked at again every day.
     *
     * @param zone its days are counted
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<BuyingDays> batch(
            TenantTx tx,
            ZoneId zone,
            Silence silence,
            @Nullable UUID after,
            UUID fence,
            int limit) {
        return tx.query(
                        """
                        select m.id as member_id, p.days, p.first, p.last
                          from <t>.member m
                          join lateral (select count(distinct (purchased_at at time zone :zone)::date) as days,
                                               min(purchased_at) as first, max(purchased_at) as last
                                          from <t>.purchase p where p.member_id = m.id and
                        """
                                + CountedPurchases.SQL
                                + """
                                ) p
                                    on p.last >= :since and p.last < :until
                                 where coalesce(m.time_zone, :shopZone) = :zone and m.marketing_email
                                   and m.erased_at is null and m.merged_into is null
                                   and m.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and m.id <= :fence
                                 order by m.id limit :limit
                                """)
                .bind("zone", zone.getId())
                .bind("since", silence.since())
                .bind("until", silence.until())
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .map((row, context) -> days(row))
                .list();
    }

    /**
     * The last purchase of whoever of this zone wants mail and has been silent for longest.
     *
     * @param since who has been silent since before is not asked
     */
    public static Optional<Instant> longestSilent(TenantTx tx, ZoneId zone, Instant since) {
        return tx.query(
                        """
                        select min(p.last) as last
                          from <t>.member m
                          join lateral (select max(purchased_at) as last
                                          from <t>.purchase p where p.member_id = m.id and
                        """
                                + CountedPurchases.SQL
                                + """
                                ) p on p.last >= :since
                                 where coalesce(m.time_zone, :shopZone) = :zone and m.marketing_email
                                   and m.erased_at is null and m.merged_into is null
                                """)
                .bind("since", since)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "last")))
                .one();
    }

    /** When each of these members bought last; nothing for those who never did. */
    public static Map<UUID, Instant> lastPurchases(TenantTx tx, Collection<UUID> members) {
        Map<UUID, Instant> last = new HashMap<>();
        if (members.isEmpty()) {
            return last;
        }
        tx.query(
                        """
                        select member_id, max(purchased_at) as last from <t>.purchase p
                         where member_id = any(:members) and
                        """
                                + CountedPurchases.SQL
                                + """
                                 group by member_id
                                """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "member_id"), Rows.instant(row, "last")))
                .forEach(entry -> last.put(entry.getKey(), entry.getValue()));
        return last;
    }

    /** All who have bought, in the order of their ids; days are the shop's. */
    public static List<BuyingDays> everyone(TenantTx tx) {
        return tx.query(
                        """
                        select member_id, count(distinct (purchased_at at time zone :zone)::date) as days,
                               min(purchased_at) as first, max(purchased_at) as last
                          from <t>.purchase p where member_id is not null and
                        """
                                + CountedPurchases.SQL
                                + """

                                 group by member_id order by member_id
                                """)
                .bind("zone", tx.tenant().zone().getId())
                .map((row, context) -> days(row))
                .list();
    }

    /** Whether at least so many members have bought on two days. */
    public static boolean areRepeating(TenantTx tx, int count) {
        return tx.query(
                        """
                        select count(*) >= :count
                          from (select from <t>.purchase p where member_id is not null and
                        """
                                + CountedPurchases.SQL
                                + """

                                         group by member_id
                                        having min((purchased_at at time zone :zone)::date)
                                             < max((purchased_at at time zone :zone)::date)
                                         limit :count) as repeating
                                """)
                .bind("count", count)
                .bind("zone", tx.tenant().zone().getId())
                .mapTo(boolean.class)
                .one();
    }

    private static BuyingDays days(ResultSet row) throws SQLException {
        return new BuyingDays(
                Rows.uuid(row, "member_id"),
                row.getInt("days"),
                Rows.instant(row, "first"),
                Rows.instant(row, "last"));
    }
}
