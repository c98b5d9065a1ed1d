package io.regulars.loyalty.rewards;

import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Vouchers follow the member they were given to; a code tells nobody's name. */
public final class VouchersOfMember implements Belongings {

    @Override
    public String name() {
        return "vouchers";
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return tx.query(
                        "update <t>.voucher set member_id = :to, updated_at = :now where member_id = :from returning id")
                .bind("from", from.uuid())
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .list();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        tx.update("update <t>.voucher set member_id = :to, updated_at = :now where id = any(:ids)")
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        // The terms are the shop's, and the code is a number.
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return tx.query(
                        """
                        select id, code, reward, state, origin, points, discount, issued_at, used_at, expires_at
                          from <t>.voucher where member_id = :member order by id desc
                        """)
                .bind("member", member.uuid())
                .map((row, context) -> {
                    Map<String, Object> voucher = new LinkedHashMap<>();
                    voucher.put("id", TypeIds.format("vch", Rows.uuid(row, "id")));
                    voucher.put("code", row.getString("code"));
                    voucher.put("reward", row.getString("reward"));
                    voucher.put("state", row.getString("state"));
                    voucher.put("origin", row.getString("origin"));
                    voucher.put("points", row.getLong("points"));
                    voucher.put("issued_at", Rows.instant(row, "issued_at"));
                    Instant used = Rows.instantOrNull(row, "used_at");
                    if (used != null) {
                        voucher.put("used_at", used);
                        voucher.put("discount", row.getLong("discount"));
                    }
                    Instant end = Rows.instantOrNull(row, "expires_at");
                    if (end != null) {
                        voucher.put("expires_at", end);
                    }
                    return voucher;
                })
                .list();
    }
}
