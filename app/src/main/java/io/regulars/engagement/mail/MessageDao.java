package io.regulars.engagement.mail;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Positions.TimeAndId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class MessageDao {

    private static final TypeReference<Map<String, Object>> MODEL = new TypeReference<>() {};

    private static final String COLUMNS =
            """
            id, kind, class, member_id, occurrence, campaign_id, state, reason, recipient, subject, locale,
            model::text, voucher_id, points, points_end, urgency, due_at, not_after, attempts, planned_at, sent_at,
            bounce, bounced_at, clicked_at, updated_at
            """;

    private static final List<Integer> URGENCIES =
            Arrays.stream(Messages.Urgency.values()).map(Messages.Urgency::rank).toList();

    private final TenantTx tx;

    MessageDao(TenantTx tx) {
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
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where state in ('planned', 'retry') and urgency = :urgency
                                   and due_at <= :now
                                 order by due_at limit :limit for update skip locked
                                """)
                .bind("urgency", urgency.rank())
                .bind("now", tx.now())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list();
    }

    /** Those that somebody took in hand and never came back with. */
    List<MessageRow> lost(Instant leasesUntil, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where state = 'sending' and lease_until <= :until
                                 order by lease_until limit :limit for update skip locked
                                """)
                .bind("until", leasesUntil)
                .bind("limit", limit)
                .map((row, context) -> message(row))
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
                               model = d.model::jsonb, attempts = attempts + 1, lease_until = :lease, updated_at = :now
                          from unnest(:ids, :recipients, :subjects, :locales, :models)
                            as d (id, recipient, subject, locale, model)
                         where m.id = d.id
                        """)
                .bindArray("ids", UUID.class, Columns.of(departures, d -> d.id().uuid()))
                .bindArray("recipients", String.class, Columns.of(departures, Departure::recipient))
                .bindArray("subjects", String.class, Columns.of(departures, Departure::subject))
                .bindArray("locales", String.class, Columns.of(departures, Departure::locale))
                .bindArray(
                        "models", String.class, Columns.of(departures, d -> Json.write(d.model())))
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

    /** What became of a campaign's mails that were handed over since then, by state. */
    Map<String, Long> outcomes(UUID campaign, Instant since) {
        return tx.query(
                        """
                        select state, count(*) as n from <t>.message
                         where campaign_id = :campaign and state in ('sent', 'failed', 'unknown')
                           and updated_at > :since
                         group by state
                        """)
                .bind("campaign", campaign)
                .bind("since", since)
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Waits for others who count the failures of these campaigns, so that each counts them all. */
    void lockCampaigns(List<UUID> campaigns) {
        tx.query("select id from <t>.campaign where id = any(:ids) order by id for update")
                .bindArray("ids", UUID.class, campaigns)
                .mapTo(UUID.class)
                .list();
    }

    /** Holds a campaign; false when it did not run. */
    boolean pause(UUID campaign) {
        return tx.update(
                                """
                                update <t>.campaign set state = 'paused', version = version + 1, updated_at = :now
                                 where id = :campaign and state = 'active'
                                """)
                        .bind("campaign", campaign)
                        .bind("now", tx.now())
                        .execute()
                == 1;
    }

    /**
     * Of these campaigns those that are held; of one that is over a failed mail may be tried again.
     */
    Set<UUID> notActive(Collection<UUID> campaigns) {
        // Locked, so that who resumes one waits, and then sees what was held because of it.
        return tx.query(
                        """
                        select id from <t>.campaign
                         where id = any(:ids) and state not in ('active', 'completed') for share
                        """)
                .bindArray("ids", UUID.class, List.copyOf(campaigns))
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> suppressed(Collection<String> addresses) {
        return tx.query("select email from <t>.suppression where email = any(:addresses)")
                .bindArray("addresses", String.class, List.copyOf(addresses))
                .mapTo(String.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    void suppress(Collection<String> addresses, String reason) {
        if (addresses.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        insert into <t>.suppression (email, reason, created_at)
                        select email, :reason, :now from unnest(:addresses) as email
                        on conflict (email) do nothing
                        """)
                .bindArray("addresses", String.class, List.copyOf(Set.copyOf(addresses)))
                .bind("reason", reason)
                .bind("now", tx.now())
                .execute();
    }

    Optional<MessageRow> find(MessageId id) {
        return tx.query("select " + COLUMNS + " from <t>.message where id = :id")
                .bind("id", id.uuid())
                .map((row, context) -> message(row))
                .findOne();
    }

    Optional<MessageRow> findLocked(MessageId id) {
        return tx.query("select " + COLUMNS + " from <t>.message where id = :id for update")
                .bind("id", id.uuid())
                .map((row, context) -> message(row))
                .findOne();
    }

    /** Has it tried again at once. */
    void revive(MessageId id, Instant notAfter) {
        tx.update(
                        """
                        update <t>.message
                           set state = 'retry', reason = null, due_at = :now, attempts = 0, updated_at = :now,
                               not_after = greatest(not_after, :notAfter)
                         where id = :id
                        """)
                .bind("id", id.uuid())
                .bind("notAfter", notAfter)
                .bind("now", tx.now())
                .execute();
    }

    /** What the mail is about, where that is said when it is planned. */
    void setModel(MessageId id, Map<String, Object> model) {
        tx.update("update <t>.message set model = :model::jsonb where id = :id")
                .bind("id", id.uuid())
                .bind("model", Json.write(model))
                .execute();
    }

    /** What a list of messages is narrowed to; null for all. */
    record Filter(@Nullable UUID member, @Nullable UUID campaign, @Nullable String state) {}

    List<MessageRow> page(Filter filter, @Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                                   and (:member::uuid is null or member_id = :member)
                                   and (:campaign::uuid is null or campaign_id = :campaign)
                                   and (:state::text is null or state = :state)
                                 order by id desc limit :limit
                                """)
                .bind("before", before)
                .bind("member", filter.member())
                .bind("campaign", filter.campaign())
                .bind("state", filter.state())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list();
    }

    /** Those that changed since, the latest change first, from behind the given place on. */
    List<MessageRow> changedPage(
            Filter filter, Instant since, @Nullable TimeAndId after, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.message
                                 where updated_at >= :since
                                   and (updated_at, id) < (coalesce(:beforeTime::timestamptz, 'infinity'), coalesce(:beforeId::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
                                   and (:member::uuid is null or member_id = :member)
                                   and (:campaign::uuid is null or campaign_id = :campaign)
                                   and (:state::text is null or state = :state)
                                 order by updated_at desc, id desc limit :limit
                                """)
                .bind("since", since)
                .bind("beforeTime", after == null ? null : after.time())
                .bind("beforeId", after == null ? null : after.id())
                .bind("member", filter.member())
                .bind("campaign", filter.campaign())
                .bind("state", filter.state())
                .bind("limit", limit)
                .map((row, context) -> message(row))
                .list();
    }

    private static MessageRow.@Nullable PointsGiven points(ResultSet row) throws SQLException {
        long points = row.getLong("points");
        return points == 0
                ? null
                : new MessageRow.PointsGiven(points, Rows.instantOrNull(row, "points_end"));
    }

    private static MessageRow message(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return new MessageRow(
                new MessageId(Rows.uuid(row, "id")),
                row.getString("kind"),
                row.getString("class"),
                new MemberId(Rows.uuid(row, "member_id")),
                row.getString("occurrence"),
                Rows.uuidOrNull(row, "campaign_id"),
                row.getString("state"),
                Rows.textOrNull(row, "reason"),
                Rows.textOrNull(row, "recipient"),
                Rows.textOrNull(row, "subject"),
                Rows.textOrNull(row, "locale"),
                model == null ? null : Json.read(model, MODEL),
                Rows.uuidOrNull(row, "voucher_id"),
                points(row),
                row.getInt("urgency"),
                Rows.instant(row, "due_at"),
                Rows.instant(row, "not_after"),
                row.getInt("attempts"),
                Rows.instant(row, "planned_at"),
                Rows.instantOrNull(row, "sent_at"),
                Rows.textOrNull(row, "bounce"),
                Rows.instantOrNull(row, "bounced_at"),
                Rows.instantOrNull(row, "clicked_at"),
                Rows.instant(row, "updated_at"));
    }
}
