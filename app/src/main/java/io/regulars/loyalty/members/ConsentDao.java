package io.regulars.loyalty.members;

import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

final class ConsentDao {

    private final TenantTx tx;

    ConsentDao(TenantTx tx) {
        this.tx = tx;
    }

    void insert(List<ConsentEvent> events) {
        tx.update(
                        """
                        insert into <t>.consent_event (id, member_id, purpose, granted, source, wording, occurred_at,
                               recorded_at, recorded_by)
                        select id, member_id, purpose, granted, source, wording, occurred_at, :now, recorded_by
                          from unnest(:ids, :members, :purposes, :granted, :sources, :wordings, :occurred, :by)
                            as c (id, member_id, purpose, granted, source, wording, occurred_at, recorded_by)
                        """)
                .bindArray("ids", UUID.class, events.stream().map(ConsentEvent::id).toList())
                .bindArray(
                        "members",
                        UUID.class,
                        events.stream().map(e -> e.memberId().uuid()).toList())
                .bindArray(
                        "purposes",
                        String.class,
                        events.stream().map(ConsentEvent::purpose).toList())
                .bindArray(
                        "granted",
                        Boolean.class,
                        events.stream().map(ConsentEvent::granted).toList())
                .bindArray(
                        "sources", String.class, events.stream().map(ConsentEvent::source).toList())
                .bindArray("wordings", String.class, Columns.of(events, ConsentEvent::wording))
                .bindArray(
                        "occurred",
                        Instant.class,
                        events.stream().map(ConsentEvent::occurredAt).toList())
                .bindArray(
                        "by", String.class, events.stream().map(ConsentEvent::recordedBy).toList())
                .bind("now", tx.now())
                .execute();
    }

    /** All that a member said, newest first. */
    List<ConsentEvent> of(MemberId id) {
        return tx.query(
                        """
                        select id, purpose, granted, source, wording, occurred_at, recorded_at, recorded_by
                          from <t>.consent_event where member_id = :member order by id desc
                        """)
                .bind("member", id.uuid())
                .map((row, context) ->
                        new ConsentEvent(
                                Rows.uuid(row, "id"),
                                id,
                                row.getString("purpose"),
                                row.getBoolean("granted"),
                                row.getString("source"),
                                Rows.textOrNull(row, "wording"),
                                Rows.instant(row, "occurred_at"),
                                Rows.instant(row, "recorded_at"),
                                row.getString("recorded_by")))
                .list();
    }

    List<Consents.Word> latest(Collection<MemberId> members) {
        return tx.query(
                        """
                        select distinct on (member_id, purpose) member_id, purpose, granted
                          from <t>.consent_event where member_id = any(:members)
                         order by member_id, purpose, id desc
                        """)
                .bindArray("members", UUID.class, members.stream().map(MemberId::uuid).toList())
                .map((row, context) ->
                        new Consents.Word(
                                new MemberId(Rows.uuid(row, "member_id")),
                                row.getString("purpose"),
                                row.getBoolean("granted")))
                .list();
    }

    /** Says that these were said by another member. */
    void move(List<UUID> ids, MemberId to) {
        tx.update("update <t>.consent_event set member_id = :to where id = any(:ids)")
                .bind("to", to.uuid())
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    /** That somebody said yes or no stays; what they read may tell who they were. */
    void eraseWording(List<UUID> members) {
        tx.update("update <t>.consent_event set wording = null where member_id = any(:members)")
                .bindArray("members", UUID.class, members)
                .execute();
    }
}
