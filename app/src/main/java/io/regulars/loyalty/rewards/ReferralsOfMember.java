package io.regulars.loyalty.rewards;

import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Referrals follow who referred and who came. Somebody comes once only, and nobody brings
 * themselves: what would say so stays where it is.
 */
public final class ReferralsOfMember implements Belongings {

    @Override
    public String name() {
        return "referrals";
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return tx.query(
                        """
                        update <t>.referral r
                           set referrer_id = case when referrer_id = :from then :to else referrer_id end,
                               friend_id = case when friend_id = :from then :to else friend_id end,
                               updated_at = :now
                         where (referrer_id = :from and friend_id <> :to)
                            or (friend_id = :from and referrer_id <> :to
                                and not exists (select from <t>.referral o where o.friend_id = :to))
                        returning id
                        """)
                .bind("from", from.uuid())
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        tx.update(
                        """
                        update <t>.referral
                           set referrer_id = case when referrer_id = :from then :to else referrer_id end,
                               friend_id = case when friend_id = :from then :to else friend_id end,
                               updated_at = :now
                         where id = any(:ids)
                        """)
                .bind("from", from.uuid())
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        // Two ids and a day.
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return tx.query(
                        """
                        select referrer_id = :member as brought, state, created_at
                          from <t>.referral where referrer_id = :member or friend_id = :member order by id desc
                        """)
                .bind("member", member.uuid())
                .map((row, context) -> {
                    Map<String, Object> referral = new LinkedHashMap<>();
                    // Who the other one is belongs to the other one.
                    referral.put("role", row.getBoolean("brought") ? "referrer" : "friend");
                    referral.put("state", row.getString("state"));
                    referral.put("created_at", Rows.instant(row, "created_at"));
                    return referral;
                })
                .list();
    }
}
