package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a member did besides buying; an erasure forgets what was said about it. */
public final class ActivitiesOfMember implements Belongings {

    private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};

    @Override
    public String name() {
        return "activities";
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return tx.query(
                        "update <t>.activity set member_id = :to where member_id = :from returning id")
                .bind("from", from.uuid())
                .bind("to", to.uuid())
                .mapTo(UUID.class)
                .list();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        tx.update("update <t>.activity set member_id = :to where id = any(:ids)")
                .bind("to", to.uuid())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        tx.update("update <t>.activity set attributes = '{}' where member_id = any(:members)")
                .bindArray("members", UUID.class, members.stream().map(MemberId::uuid).toList())
                .execute();
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return tx.query(
                        """
                        select type, key, attributes::text, occurred_at, recorded_at
                          from <t>.activity where member_id = :member order by id desc
                        """)
                .bind("member", member.uuid())
                .map((row, context) ->
                        Map.<String, Object>of(
                                "type", row.getString("type"),
                                "key", row.getString("key"),
                                "attributes", Json.read(row.getString("attributes"), ATTRIBUTES),
                                "occurred_at", Rows.instant(row, "occurred_at"),
                                "recorded_at", Rows.instant(row, "recorded_at")))
                .list();
    }
}
