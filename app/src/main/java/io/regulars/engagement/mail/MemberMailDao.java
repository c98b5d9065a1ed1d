package io.regulars.engagement.mail;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rows of {@code message} as a member sees them: what was asked for, refused, clicked, sent back.
 */
final class MemberMailDao {

    private final TenantTx tx;

    MemberMailDao(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * A mail that a member asked for, or must get.
     *
     * @param model what is known of it before its hand-over
     */
    record ServiceMessage(
            MessageId id,
            String kind,
            MemberId member,
            String occurrence,
            Instant notAfter,
            Map<String, Object> model) {}

    /** Plans a mail that is due now; a member who has one for this occurrence gets no other. */
    void insertService(ServiceMessage message) {
        tx.update(
                        """
                        insert into <t>.message (id, kind, class, member_id, occurrence, state, model,
                               urgency, due_at, not_after, attempts, planned_at, updated_at)
                        values (:id, :kind, 'service', :member, :occurrence, 'planned', :model::jsonb,
                                :urgency, :now, :notAfter, 0, :now, :now)
                        on conflict (kind, member_id, occurrence) do nothing
                        """)
                .bind("id", message.id().uuid())
                .bind("kind", message.kind())
                .bind("member", message.member().uuid())
                .bind("occurrence", message.occurrence())
                .bind("model", Json.write(message.model()))
                .bind("urgency", Messages.Urgency.ANSWER.rank())
                .bind("notAfter", message.notAfter())
                .bind("now", tx.now())
                .execute();
    }

    /** How much advertising has gone, or may have, to the addresses of these members. */
    Map<String, Integer> advertisedSince(Collection<UUID> members, Instant since) {
        Map<String, Integer> counts = new HashMap<>();
        if (members.isEmpty()) {
            return counts;
        }
        tx.query(
                        """
                        select recipient, count(*) as mails from <t>.message
                         where member_id = any(:members) and class = 'advertising'
                           and state in ('sending', 'sent', 'unknown') and recipient is not null
                           and coalesce(sent_at, updated_at) > :since
                         group by recipient
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("recipient"), row.getInt("mails")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /**
     * Takes back what advertising to a member has not left yet.
     *
     * @return what was to come with it
     */
    List<Offers.Unsent> takeBackAdvertising(MemberId member) {
        return tx.query(
                        """
                        update <t>.message set state = 'skipped', reason = :reason, updated_at = :now
                         where member_id = :member and class = 'advertising' and state in ('planned', 'retry')
                        returning id, member_id, voucher_id, points
                        """)
                .bind("member", member.uuid())
                .bind("reason", SkipReason.NO_CONSENT.key())
                .bind("now", tx.now())
                .map((row, context) -> Offers.Unsent.of(row))
                .list();
    }

    /**
     * Notes what came back; the first counts, and a complaint after it.
     *
     * @return whether that was news
     */
    boolean returned(MessageId id, String kind) {
        return tx.update(
                                """
                                update <t>.message set bounce = :kind, bounced_at = :now, updated_at = :now
                                 where id = :id and recipient is not null
                                   and (bounce is null or bounce = 'soft' and :kind <> 'soft'
                                        or :kind = 'complaint' and bounce <> 'complaint')
                                """)
                        .bind("id", id.uuid())
                        .bind("kind", kind)
                        .bind("now", tx.now())
                        .execute()
                > 0;
    }

    /** The first click counts; the others say nothing new. */
    void clicked(MessageId id) {
        tx.update(
                        """
                        update <t>.message set clicked_at = :now, updated_at = :now
                         where id = :id and clicked_at is null
                        """)
                .bind("id", id.uuid())
                .bind("now", tx.now())
                .execute();
    }
}
