package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members by what they bought of late, for campaigns. */
public final class RecentBuyers {

    private RecentBuyers() {}

    /**
     * A batch of members of one zone who bought on a local day and want mail, in the order of their
     * ids.
     *
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<UUID> batch(
            TenantTx tx, ZoneId zone, LocalDate day, @Nullable UUID after, UUID fence, int limit) {
        return tx.query(
                        """
                        select m.id from <t>.member m
                         where coalesce(m.time_zone, :shopZone) = :zone and m.marketing_email
                           and m.erased_at is null and m.merged_into is null
                           and exists (select from <t>.purchase p
                                        where p.member_id = m.id
                                          and p.purchased_at >= :from and p.purchased_at < :until and
                        """
                                + CountedPurchases.SQL
                                + """
                                )
                                   and m.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and m.id <= :fence
                                 order by m.id limit :limit
                                """)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("from", start(day, zone))
                .bind("until", start(day.plusDays(1), zone))
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** The first local day, from this one on, on which somebody of this zone bought. */
    public static Optional<LocalDate> firstDay(TenantTx tx, ZoneId zone, LocalDate from) {
        return tx.query(
                        """
                        select min(p.purchased_at) as first
                          from <t>.purchase p
                          join <t>.member m on m.id = p.member_id
                         where coalesce(m.time_zone, :shopZone) = :zone and p.purchased_at >= :from and
                        """
                                + CountedPurchases.SQL
                                + """

                                """)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("from", start(from, zone))
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "first")))
                .one()
                .map(first -> LocalTimes.day(first, zone));
    }

    /** When these purchases were made, by their ids. */
    public static Map<UUID, Instant> purchasedAt(TenantTx tx, Collection<UUID> purchases) {
        Map<UUID, Instant> at = new HashMap<>();
        tx.query("select id, purchased_at from <t>.purchase where id = any(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(purchases))
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "id"), Rows.instant(row, "purchased_at")))
                .forEach(entry -> at.put(entry.getKey(), entry.getValue()));
        return at;
    }

    /** What members paid for a purchase on the average, since a moment; 0 when nobody bought. */
    public static long averageAmount(TenantTx tx, Instant since) {
        return tx.query(
                        """
                        select coalesce(round(avg(amount - refunded)), 0)::bigint from <t>.purchase p
                         where member_id is not null and purchased_at >= :since and
                        """
                                + CountedPurchases.SQL
                                + """

                                """)
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
