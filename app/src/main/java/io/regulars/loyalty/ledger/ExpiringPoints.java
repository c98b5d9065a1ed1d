package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose points end when, for campaigns that warn of it. */
public final class ExpiringPoints {

    private ExpiringPoints() {}

    /** The first end of some of a member's points within the time asked for. */
    public record Soonest(UUID member, Instant at) {}

    /**
     * Which ends are asked for.
     *
     * @param until exclusive, one for each {@code from}
     * @param toldSince gifts of campaigns since then are left out: the mail that brought them said
     *     when they end
     */
    public record Ends(List<Instant> from, List<Instant> until, Instant toldSince) {}

    /**
     * A batch of members of one zone of whose points some end in one of these times, in the order
     * of their ids.
     *
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<Soonest> batch(
            TenantTx tx, ZoneId zone, Ends ends, @Nullable UUID after, UUID fence, int limit) {
        return tx.query(
                        """
                        select e.member_id, min(e.expires_at) as expires_at
                          from (select l.member_id, l.expires_at from <t>.lot l
                                 where l.remaining > 0 and l.expires_at is not null
                                   and (l.source <> 'campaign' or l.earned_at < :toldSince)
                                union all
                                select a.member_id, a.expires_at from <t>.account a
                                 where a.expires_at is not null
                                   and exists (select from <t>.lot l
                                                where l.member_id = a.member_id and l.remaining > 0
                                                  and l.expires_at is null)) as e
                          join unnest(:from, :until) as d (since, until)
                            on e.expires_at >= d.since and e.expires_at < d.until
                          join <t>.member m on m.id = e.member_id
                         where coalesce(m.time_zone, :shopZone) = :zone
                           and m.erased_at is null and m.merged_into is null
                           and m.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and m.id <= :fence
                         group by e.member_id order by e.member_id limit :limit
                        """)
                .bindArray("from", Instant.class, ends.from())
                .bindArray("until", Instant.class, ends.until())
                .bind("toldSince", ends.toldSince())
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .map((row, context) ->
                        new Soonest(Rows.uuid(row, "member_id"), Rows.instant(row, "expires_at")))
                .list();
    }

    /** The first end of anybody's points, from this moment on. */
    public static Optional<Instant> first(TenantTx tx, Instant from) {
        return tx.query(
                        """
                        select least((select min(expires_at) from <t>.lot
                                       where remaining > 0 and expires_at >= :from),
                                     (select min(expires_at) from <t>.account
                                       where expires_at >= :from)) as expires_at
                        """)
                .bind("from", from)
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "expires_at")))
                .one();
    }
}
