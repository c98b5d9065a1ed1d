package io.regulars.loyalty.members;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class DuplicateDao {

    private final TenantTx tx;

    DuplicateDao(TenantTx tx) {
        this.tx = tx;
    }

    /** Two members; the newer one first. */
    record Pair(UUID newer, UUID older) {}

    /** The last of so many members, newest first; empty where there are fewer. */
    Optional<UUID> floor(@Nullable UUID from, int members) {
        return tx.query(
                        """
                        select id from <t>.member
                         where id <= coalesce(:from::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                           and merged_into is null and erased_at is null
                         order by id desc offset :members limit 1
                        """)
                .bind("from", from)
                .bind("members", members - 1)
                .mapTo(UUID.class)
                .findOne();
    }

    /**
     * Pairs whose newer member lies in this stretch, from behind the given pair on. Each way to be
     * alike has an index; of a number that hundreds share, some pairs will do.
     */
    List<Pair> pairs(@Nullable UUID from, @Nullable UUID behind, @Nullable UUID floor, int limit) {
        return tx.query(
                        """
                        select a.id as newer, b.id as older
                          from (select id, phone, email_key, name_key, birth_month, birth_day, birth_year
                                  from <t>.member
                                 where id <= coalesce(:from::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and id >= coalesce(:floor::uuid, '00000000-0000-0000-0000-000000000000')
                                   and merged_into is null and erased_at is null) a
                         cross join lateral (
                               (select m.id from <t>.member m
                                 where m.phone = a.phone and m.id < a.id
                                   and m.merged_into is null and m.erased_at is null
                                 order by m.id desc limit 20)
                               union
                               (select m.id from <t>.member m
                                 where m.email_key = a.email_key and m.id < a.id
                                   and m.merged_into is null and m.erased_at is null
                                 order by m.id desc limit 20)
                               union
                               (select m.id from <t>.member m
                                 where m.name_key = a.name_key and m.birth_month = a.birth_month
                                   and m.birth_day = a.birth_day
                                   and m.birth_year is not distinct from a.birth_year and m.id < a.id
                                   and m.merged_into is null and m.erased_at is null
                                 order by m.id desc limit 20)) b
                         where a.id < :from or b.id < coalesce(:behind::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by a.id desc, b.id desc limit :limit
                        """)
                .bind("from", from)
                .bind("behind", behind)
                .bind("floor", floor)
                .bind("limit", limit)
                .map((row, context) -> new Pair(Rows.uuid(row, "newer"), Rows.uuid(row, "older")))
                .list();
    }
}
