package io.regulars.loyalty.referrals;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class ReferralDao {

    private static final String SELECT =
            """
            select id, referrer_id, friend_id, state, reason, purchase_id, qualified_at, created_at from <t>.referral
            """;

    private final TenantTx tx;

    ReferralDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(ReferralRow row) {
        tx.write(
                """
                insert into <t>.referral (id, referrer_id, friend_id, state, reason, created_at, updated_at)
                values (:id, :referrer, :friend, :state, :reason::text, :now, :now)
                """,
                v ->
                        v.bind("id", row.id().uuid())
                                .bind("referrer", row.referrer())
                                .bind("friend", row.friend())
                                .bind("state", row.state().key())
                                .bind("reason", row.reason())
                                .bind("now", tx.now()));
    }

    void update(ReferralRow row) {
        tx.write(
                """
                update <t>.referral
                   set state = :state, reason = :reason::text, purchase_id = :purchase::uuid,
                       qualified_at = :qualified::timestamptz, updated_at = :now
                 where id = :id
                """,
                v ->
                        v.bind("state", row.state().key())
                                .bind("reason", row.reason())
                                .bind("purchase", row.purchaseId())
                                .bind("qualified", row.qualifiedAt())
                                .bind("now", tx.now())
                                .bind("id", row.id().uuid()));
    }

    Optional<ReferralRow> lockOfFriend(UUID friend) {
        return tx.query(SELECT + " where friend_id = :friend for update")
                .bind("friend", friend)
                .map((row, context) -> referral(row))
                .findOne();
    }

    /**
     * Who brought these members, where something may still come of it. Not who has become part of
     * another since: a referral that did not follow is one of the friend itself.
     */
    List<UUID> referrers(Collection<UUID> friends) {
        return tx.query(
                        """
                        select distinct r.referrer_id
                          from <t>.referral r
                          join <t>.member m on m.id = r.referrer_id
                         where r.friend_id = any(:friends) and r.state in ('pending', 'qualified')
                           and m.merged_into is null
                        """)
                .bindArray("friends", UUID.class, List.copyOf(friends))
                .map((row, context) -> Rows.uuid(row, "referrer_id"))
                .list();
    }

    long countQualified(UUID referrer, Instant from, Instant to) {
        return tx.query(
                        """
                        select count(*) from <t>.referral
                         where referrer_id = :referrer and state = 'qualified'
                           and qualified_at >= :from and qualified_at < :to
                        """)
                .bind("referrer", referrer)
                .bind("from", from)
                .bind("to", to)
                .mapTo(long.class)
                .one();
    }

    /** Newest first; of a member those who they brought, and who brought them. */
    List<ReferralRow> page(
            @Nullable UUID member, @Nullable String state, @Nullable UUID before, int limit) {
        return tx.query(
                        SELECT
                                + """
                                 where (:member::uuid is null or referrer_id = :member or friend_id = :member)
                                   and (:state::text is null or state = :state)
                                   and id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                 order by id desc limit :limit
                                """)
                .bind("member", member)
                .bind("state", state)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> referral(row))
                .list();
    }

    private static ReferralRow referral(ResultSet row) throws SQLException {
        return new ReferralRow(
                new ReferralId(Rows.uuid(row, "id")),
                Rows.uuid(row, "referrer_id"),
                Rows.uuid(row, "friend_id"),
                ReferralRow.State.of(row.getString("state")),
                Rows.textOrNull(row, "reason"),
                Rows.uuidOrNull(row, "purchase_id"),
                Rows.instantOrNull(row, "qualified_at"),
                Rows.instant(row, "created_at"));
    }
}
