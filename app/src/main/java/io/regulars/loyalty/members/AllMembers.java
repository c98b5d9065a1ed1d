package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody who lives by the clock of one zone, for campaigns. */
public final class AllMembers {

    private AllMembers() {}

    /** Whether a batch would have anybody in it. */
    public static boolean isAnybody(TenantTx tx, ZoneId zone) {
        return tx.query(
                        """
                        select exists (
                          select from <t>.member
                           where coalesce(time_zone, :shopZone) = :zone
                             and erased_at is null and merged_into is null)
                        """)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .mapTo(boolean.class)
                .one();
    }

    /**
     * A batch in the order of their ids.
     *
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<UUID> batch(
            TenantTx tx, ZoneId zone, @Nullable UUID after, UUID fence, int limit) {
        return tx.query(
                        """
                        select id from <t>.member
                         where coalesce(time_zone, :shopZone) = :zone
                           and erased_at is null and merged_into is null
                           and id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and id <= :fence
                         order by id limit :limit
                        """)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }
}
