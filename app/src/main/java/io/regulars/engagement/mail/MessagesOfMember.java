package io.regulars.engagement.mail;

import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages follow the member they are for. Of two about the same occasion the survivor's own stays,
 * and the other one is not sent: they are one person now.
 */
public final class MessagesOfMember implements Belongings {

    private final StopAdvertising stopAdvertising;

    public MessagesOfMember(MailLaws laws) {
        this.stopAdvertising = new StopAdvertising(laws);
    }

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        List<UUID> moved =
                tx.query(
                                """
                                update <t>.message m set member_id = :to, updated_at = :now
                                 where m.member_id = :from
                                   and not exists (select from <t>.message o
                                                    where o.member_id = :to and o.kind = m.kind
                                                      and o.occurrence = m.occurrence)
                                returning id
                                """)
                        .bind("from", from.uuid())
                        .bind("to", to.uuid())
                        .bind("now", tx.now())
                        .mapTo(UUID.class)
                        .list();
        skip(tx, List.of(from), "member_merged");
        return moved;
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        tx.update("update <t>.message set member_id = :to, updated_at = :now where id = any(:ids)")
                .bind("to", to.uuid())
                .bind("now", tx.now())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    /** Of what came of them only our own words stay: a relay's may tell who it was. */
    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        skip(tx, members, "member_erased");
        tx.update(
                        """
                        update <t>.message
                           set recipient = null, subject = null, model = null,
                               reason = case state when 'skipped' then reason end, updated_at = :now
                         where member_id = any(:members)
                        """)
                .bindArray("members", UUID.class, members.stream().map(MemberId::uuid).toList())
                .bind("now", tx.now())
                .execute();
    }

    private static void skip(TenantTx tx, List<MemberId> members, String reason) {
        tx.update(
                        """
                        update <t>.message set state = 'skipped', reason = :reason, updated_at = :now
                         where member_id = any(:members) and state in ('planned', 'retry')
                        """)
                .bindArray("members", UUID.class, members.stream().map(MemberId::uuid).toList())
                .bind("reason", reason)
                .bind("now", tx.now())
                .execute();
    }

    @Override
    public void advertisingRefused(TenantTx tx, Member member) {
        stopAdvertising.afterRefusal(tx, member);
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return tx.query(
                        """
                        select id, kind, occurrence, state, reason, recipient, subject, planned_at, sent_at
                          from <t>.message where member_id = :member order by id desc
                        """)
                .bind("member", member.uuid())
                .map((row, context) -> {
                    Map<String, Object> message = new LinkedHashMap<>();
                    message.put("id", new MessageId(Rows.uuid(row, "id")).toString());
                    message.put("kind", row.getString("kind"));
                    message.put("occurrence", row.getString("occurrence"));
                    message.put("state", row.getString("state"));
                    put(message, "reason", row.getString("reason"));
                    put(message, "to", row.getString("recipient"));
                    put(message, "subject", row.getString("subject"));
                    message.put("planned_at", Rows.instant(row, "planned_at"));
                    @Nullable Instant sent = Rows.instantOrNull(row, "sent_at");
                    put(message, "sent_at", sent);
                    return message;
                })
                .list();
    }

    private static void put(Map<String, Object> to, String key, @Nullable Object value) {
        if (value != null) {
            to.put(key, value);
        }
    }
}
