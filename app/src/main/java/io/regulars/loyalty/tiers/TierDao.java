package io.regulars.loyalty.tiers;

import io.regulars.loyalty.ledger.CountedPurchases;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class TierDao {

    private final TenantTx tx;

    TierDao(TenantTx tx) {
        this.tx = tx;
    }

    /** The members with nothing counted yet. */
    Map<UUID, Track> members(Collection<UUID> members) {
        Map<UUID, Track> tracks = new HashMap<>();
        tx.query("select id, joined_at from <t>.member where id = any(:members)")
                .bindArray("members", UUID.class, List.copyOf(members))
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "id"), Rows.instant(row, "joined_at")))
                .forEach(row -> tracks.put(row.getKey(), new Track(row.getValue())));
        return tracks;
    }

    /**
     * The members with what they bought, in one query.
     *
     * @param since earlier purchases are left out
     */
    Map<UUID, Track> purchases(Collection<UUID> members, @Nullable Instant since) {
        Map<UUID, Track> tracks = new HashMap<>();
        tx.query(
                        """
                        select m.id, m.joined_at, p.purchased_at, sum(p.amount - p.refunded) as spend,
                               count(*) filter (where
                        """
                                + CountedPurchases.SQL
                                + """
                                ) as purchases
                                  from <t>.member m
                                  left join <t>.purchase p
                                    on p.member_id = m.id and p.purchased_at >= coalesce(:since::timestamptz, '-infinity')
                                 where m.id = any(:members)
                                 group by m.id, m.joined_at, p.purchased_at
                                """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("since", since)
                .map((row, context) -> {
                    Instant joinedAt = Rows.instant(row, "joined_at");
                    Track track =
                            tracks.computeIfAbsent(Rows.uuid(row, "id"), id -> new Track(joinedAt));
                    Instant at = Rows.instantOrNull(row, "purchased_at");
                    if (at != null) {
                        track.add(
                                at, new Counted(row.getLong("spend"), row.getLong("purchases"), 0));
                    }
                    return true;
                })
                .list();
        return tracks;
    }

    List<Tiers.Difference> refundDifferences() {
        return tx.query(
                        """
                        select p.member_id, 'order ' || p.order_id || ': refunded ' || p.refunded || ' of ' || p.amount
                               || ', lines ' || l.refunded as detail
                          from <t>.purchase p
                          join (select purchase_id, sum(refunded) as refunded from <t>.purchase_line
                                 where refunded > 0 group by purchase_id) l
                            on l.purchase_id = p.id
                         where p.member_id is not null and l.refunded > p.refunded
                         order by p.id
                        """)
                .map((row, context) ->
                        new Tiers.Difference(Rows.uuid(row, "member_id"), row.getString("detail")))
                .list();
    }
}
