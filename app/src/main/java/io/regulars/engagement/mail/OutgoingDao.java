package io.regulars.engagement.mail;

import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that wait for their hand-over, as those see them who hand over. */
final class OutgoingDao {

    private static final List<Integer> URGENCIES =
            Arrays.stream(Messages.Urgency.values()).map(Messages.Urgency::rank).toList();

    private final TenantTx tx;

    OutgoingDao(TenantTx tx) {
        this.tx = tx;
    }

    /** What became of a message; null leaves a column as it is. */
    record Change(
            MessageId id,
            String state,
            @Nullable String reason,
            Instant dueAt,
            @Nullable Instant sentAt) {}

    /** A message that waits, and may leave as much later. */
    record Postponed(MessageId id, String reason, Instant dueAt, Instant notAfter) {}

    /** A message that is about to leave. */
    record Departure(
            MessageId id,
            String recipient,
            String subject,
            String locale,
            Map<String, Object> model) {}

    /**
     * Those that are due, the most urgent first and then the longest due, locked; what another node
     * has in hand is passed over.
     */
    List<MessageRow> due(int limit) {
        List<MessageRow> due = new ArrayList<>();
        // One look for each: in one query those that are not due yet would have to be passed over.
        for (Messages.Urgency urgency : Messages.Urgency.values()) {
            if (due.size() < limit) {
                due.addAll(due(urgency, limit - due.size()));
            }
        }
        return due;
    }

    private List<MessageRow> due(Messages.Urgency urgency, int limit) {
        return tx.query(
                        "select "
                                + MessageDao.COLUMNS
                                + """
                                  from <t>.message
                                 where state in ('planned', 'retry') and urgency = :urgency
                                   and due_at <= :now
                                 order by due_at limit :limit for update skip locked
                                """)
                .bind("urgency", urgency.rank())
                .bind("now", tx.now())
                .bind("limit", limit)
                .map((row, context) -> MessageDao.message(row))
                .list();
    }

    /** Those that somebody took in hand and never came back with. */
    List<MessageRow> lost(Instant leasesUntil, int limit) {
        return tx.query(
                        "select "
                                + MessageDao.COLUMNS
                                + """
                                  from <t>.message
                                 where state = 'sending' and lease_until <= :until
                                 order by lease_until limit :limit for update skip locked
                                """)
                .bind("until", leasesUntil)
                .bind("limit", limit)
                .map((row, context) -> MessageDao.message(row))
                .list();
    }

    Optional<Instant> nextDue() {
        return tx.query(
                        """
                        select min(m.due_at) as due
                          from unnest(:urgencies) as u (urgency)
                         cross join lateral (select due_at from <t>.message
                                              where state in ('planned', 'retry') and urgency = u.urgency
                                              order by due_at limit 1) m
                        """)
                .bindArray("urgencies", Integer.class, URGENCIES)
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "due")))
                .one();
    }

    /** When the first of those that somebody has in hand counts as lost. */
    Optional<Instant> nextLeaseEnd() {
        return tx.query("select min(lease_until) as lease from <t>.message where state = 'sending'")
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "lease")))
                .one();
    }

    void depart(List<Departure> departures, Instant leaseUntil) {
        if (departures.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        update <t>.message m
                           set state = 'sending', recipient = d.recipient, subject = d.subject, locale = d.locale,
                               model = (select :models::jsonb) -> (d.number - 1)::int,
                               attempts = attempts + 1, lease_until = :lease, updated_at = :now
                          from unnest(:ids, :recipients, :subjects, :locales) with ordinality
                            as d (id, recipient, subject, locale, number)
                         where m.id = d.id
                        """)
                .bindArray("ids", UUID.class, Columns.of(departures, d -> d.id().uuid()))
                .bindArray("recipients", String.class, Columns.of(departures, Departure::recipient))
                .bindArray("subjects", String.class, Columns.of(departures, Departure::subject))
                .bindArray("locales", String.class, Columns.of(departures, Departure::locale))
                // One text: in an array every quotation mark would be escaped once more. Its own
                // select reads it once for the group, and not once for each mail.
                .bind("models", Json.write(Columns.of(departures, Departure::model)))
                .bind("lease", leaseUntil)
                .bind("now", tx.now())
                .execute();
    }

    void postpone(List<Postponed> messages) {
        if (messages.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        update <t>.message m
                           set reason = p.reason, due_at = p.due_at, not_after = p.not_after, updated_at = :now
                          from unnest(:ids, :reasons, :due::timestamptz[], :notAfter::timestamptz[])
                            as p (id, reason, due_at, not_after)
                         where m.id = p.id
                        """)
                .bindArray("ids", UUID.class, Columns.of(messages, p -> p.id().uuid()))
                .bindArray("reasons", String.class, Columns.of(messages, Postponed::reason))
                .bindArray("due", String.class, Columns.of(messages, p -> p.dueAt().toString()))
                .bindArray(
                        "notAfter",
                        String.class,
                        Columns.of(messages, p -> p.notAfter().toString()))
                .bind("now", tx.now())
                .execute();
    }

    void change(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        update <t>.message m
                           set state = c.state, reason = c.reason, due_at = c.due_at, sent_at = c.sent_at,
                               lease_until = null, updated_at = :now
                          from unnest(:ids, :states, :reasons, :due, :sent) as c (id, state, reason, due_at, sent_at)
                         where m.id = c.id
                        """)
                .bindArray("ids", UUID.class, Columns.of(changes, c -> c.id().uuid()))
                .bindArray("states", String.class, Columns.of(changes, Change::state))
                .bindArray("reasons", String.class, Columns.of(changes, Change::reason))
                .bindArray("due", Instant.class, Columns.of(changes, Change::dueAt))
                .bindArray("sent", Instant.class, Columns.of(changes, Change::sentAt))
                .bind("now", tx.now())
                .execute();
    }
}
