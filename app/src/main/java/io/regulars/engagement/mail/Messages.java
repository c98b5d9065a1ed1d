package io.regulars.engagement.mail;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans messages, within the caller's transaction. */
public final class Messages {

    /** The queue in which they are sent. */
    public static final String QUEUE = "mail";

    /** What the occurrence of a win-back begins with; the day of the last purchase follows. */
    public static final String LAPSE = "lapse:";

    private Messages() {}

    /** What law and consent make of a message. */
    public enum MessageClass {
        ADVERTISING,
        SERVICE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which of the messages that are due goes first. */
    public enum Urgency {
        /** Somebody has just done something, and looks for it. */
        ANSWER(0),
        /** It belongs to a day. */
        OCCASION(1),
        /** It goes to everybody. */
        NEWS(2);

        private final int rank;

        Urgency(int rank) {
            this.rank = rank;
        }

        /** As it stands in the row; the lower goes first. */
        int rank() {
            return rank;
        }
    }

    /**
     * What several messages have in common.
     *
     * @param notAfter later than this they are skipped, not sent
     */
    public record Occasion(
            String kind,
            MessageClass messageClass,
            Urgency urgency,
            @Nullable UUID campaignId,
            @Nullable UUID runId,
            Instant dueAt,
            Instant notAfter) {}

    /**
     * @param occurrence what it is about; unique with the kind for each member
     * @param skipReason null for one that is to be sent
     */
    public record Plan(
            MessageId id, MemberId member, String occurrence, @Nullable SkipReason skipReason) {

        @Nullable String reasonKey() {
            return skipReason == null ? null : skipReason.key();
        }
    }

    /** A member and what a message to them is about. */
    public record Claim(MemberId member, String occurrence) {}

    /** Those of these that have a message of this kind already, whatever became of it. */
    public static Set<Claim> claimed(TenantTx tx, String kind, List<Claim> claims) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        return tx.query(
                        """
                        select m.member_id, m.occurrence
                          from unnest(:members, :occurrences) as c (member_id, occurrence)
                          join <t>.message m
                            on m.kind = :kind and m.member_id = c.member_id and m.occurrence = c.occurrence
                        """)
                .bind("kind", kind)
                .bindArray("members", UUID.class, Columns.of(claims, c -> c.member().uuid()))
                .bindArray("occurrences", String.class, Columns.of(claims, Claim::occurrence))
                .map((row, context) ->
                        new Claim(
                                new MemberId(Rows.uuid(row, "member_id")),
                                row.getString("occurrence")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Plans these messages but for members who have one for this occurrence already.
     *
     * @return the ids of those that were planned
     */
    public static Set<UUID> plan(TenantTx tx, Occasion occasion, List<Plan> plans) {
        if (plans.isEmpty()) {
            return Set.of();
        }
        return tx.query(
                        """
                        insert into <t>.message (id, kind, class, member_id, occurrence, campaign_id, run_id, state,
                               reason, urgency, due_at, not_after, attempts, planned_at, updated_at)
                        select id, :kind, :class, member_id, occurrence, :campaign, :run,
                               case when reason is null then 'planned' else 'skipped' end,
                               reason, :urgency, :dueAt, :notAfter, 0, :now, :now
                          from unnest(:ids, :members, :occurrences, :reasons)
                            as m (id, member_id, occurrence, reason)
                        on conflict (kind, member_id, occurrence) do nothing
                        returning id
                        """)
                .bindArray("ids", UUID.class, Columns.of(plans, p -> p.id().uuid()))
                .bindArray("members", UUID.class, Columns.of(plans, p -> p.member().uuid()))
                .bindArray("occurrences", String.class, Columns.of(plans, Plan::occurrence))
                .bindArray("reasons", String.class, Columns.of(plans, Plan::reasonKey))
                .bind("kind", occasion.kind())
                .bind("class", occasion.messageClass().key())
                .bind("urgency", occasion.urgency().rank())
                .bind("campaign", occasion.campaignId())
                .bind("run", occasion.runId())
                .bind("dueAt", occasion.dueAt())
                .bind("notAfter", occasion.notAfter())
                .bind("now", tx.now())
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * For occurrences that are days: the latest one of this kind for which each member was not
     * passed over.
     */
    public static Map<UUID, LocalDate> latestDays(
            TenantTx tx, String kind, Collection<UUID> members) {
        Map<UUID, LocalDate> latest = new HashMap<>();
        tx.query(
                        """
                        select member_id, max(occurrence) as occurrence from <t>.message
                         where kind = :kind and member_id = any(:members) and state <> 'skipped'
                         group by member_id
                        """)
                .bind("kind", kind)
                .bindArray("members", UUID.class, List.copyOf(members))
                .map((row, context) ->
                        Map.entry(
                                row.getObject("member_id", UUID.class),
                                LocalDate.parse(row.getString("occurrence"))))
                .forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
        return latest;
    }

    /** When each of these members was last planned for, for this kind, sent or passed over. */
    public static Map<UUID, Instant> latestPlanned(
            TenantTx tx, String kind, Collection<UUID> members) {
        return latestPlanned(tx, kind, members, true);
    }

    /** The same, of those that were not passed over. */
    public static Map<UUID, Instant> latestGoing(
            TenantTx tx, String kind, Collection<UUID> members) {
        return latestPlanned(tx, kind, members, false);
    }

    private static Map<UUID, Instant> latestPlanned(
            TenantTx tx, String kind, Collection<UUID> members, boolean skippedToo) {
        Map<UUID, Instant> latest = new HashMap<>();
        if (members.isEmpty()) {
            return latest;
        }
        tx.query(
                        """
                        select member_id, max(planned_at) as planned_at from <t>.message
                         where kind = :kind and member_id = any(:members)
                           and (:skippedToo or state <> 'skipped') group by member_id
                        """)
                .bind("kind", kind)
                .bind("skippedToo", skippedToo)
                .bindArray("members", UUID.class, List.copyOf(members))
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "member_id"), Rows.instant(row, "planned_at")))
                .forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
        return latest;
    }

    /**
     * Those of these members to whom advertising went, or is planned to go, in this time.
     *
     * @param until exclusive
     */
    public static Set<UUID> advertisedTo(
            TenantTx tx, Collection<UUID> members, Instant from, Instant until) {
        return tx.query(
                        """
                        select distinct member_id from <t>.message
                         where member_id = any(:members) and class = 'advertising'
                           and state not in ('skipped', 'failed')
                           and coalesce(sent_at, due_at) >= :from and coalesce(sent_at, due_at) < :until
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("from", from)
                .bind("until", until)
                .mapTo(UUID.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** With how many of this campaign's messages an offer went, or will go. */
    public static long offersGiven(TenantTx tx, UUID campaignId) {
        return tx.query(
                        """
                        select count(*) from <t>.message
                         where campaign_id = :campaign and (voucher_id is not null or points is not null) and state <> 'skipped'
                        """)
                .bind("campaign", campaignId)
                .mapTo(Long.class)
                .one();
    }

    /** Whether a message of this campaign has not come to its end yet. */
    public static boolean isAnyOnItsWay(TenantTx tx, UUID campaignId) {
        return tx.query(
                        """
                        select exists (select from <t>.message
                                        where campaign_id = :campaign
                                          and state in ('planned', 'retry', 'sending'))
                        """)
                .bind("campaign", campaignId)
                .mapTo(boolean.class)
                .one();
    }

    /** The latest message of this campaign to this member. */
    public static Optional<Told> latest(TenantTx tx, UUID campaignId, MemberId member) {
        return tx.query(
                        """
                        select id, kind, occurrence, state, reason, due_at, sent_at from <t>.message
                         where member_id = :member and campaign_id = :campaign order by id desc limit 1
                        """)
                .bind("member", member.uuid())
                .bind("campaign", campaignId)
                .map((row, context) ->
                        new Told(
                                new MessageId(Rows.uuid(row, "id")),
                                row.getString("occurrence"),
                                row.getString("state"),
                                Rows.textOrNull(row, "reason"),
                                Rows.instant(row, "due_at"),
                                Rows.instantOrNull(row, "sent_at")))
                .findOne();
    }

    /** A message and what became of it. */
    public record Told(
            MessageId id,
            String occurrence,
            String state,
            @Nullable String reason,
            Instant dueAt,
            @Nullable Instant sentAt) {}

    /** Lets go what was held back while a campaign was paused, or all mail was stopped (null). */
    public static void release(TenantTx tx, @Nullable UUID campaignId) {
        tx.update(
                        """
                        update <t>.message set due_at = :now, updated_at = :now
                         where state in ('planned', 'retry') and due_at > :now
                           and (:campaign::uuid is null or campaign_id = :campaign)
                        """)
                .bind("campaign", campaignId)
                .bind("now", tx.now())
                .execute();
    }

    /** Takes back what a cancelled campaign has planned and not sent, with its offers. */
    public static void withdraw(TenantTx tx, UUID campaignId) {
        Offers.takeBack(
                tx,
                tx.query(
                                """
                                update <t>.message
                                   set state = 'skipped', reason = :reason, updated_at = :now
                                 where campaign_id = :campaign and state in ('planned', 'retry')
                                returning id, member_id, voucher_id, points
                                """)
                        .bind("campaign", campaignId)
                        .bind("reason", SkipReason.CAMPAIGN_PAUSED.key())
                        .bind("now", tx.now())
                        .map((row, context) -> Offers.Unsent.of(row))
                        .list());
    }
}
