package io.regulars.loyalty.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to points, as it was recorded. */
public final class LedgerHistory {

    private static final TypeReference<Map<String, Object>> INPUTS = new TypeReference<>() {};

    private LedgerHistory() {}

    /**
     * Whether nothing was ever entered for a member, as a condition of a query.
     *
     * @param member the member's id there, with the name of its table
     */
    public static String isEmpty(String member) {
        return " not exists (select from <t>.ledger_entry e where e.member_id = " + member + ")";
    }

    /** One row of the ledger. */
    public record Entry(
            UUID id,
            String kind,
            long points,
            long balanceAfter,
            @Nullable UUID purchaseId,
            @Nullable String rule,
            int programVersion,
            Map<String, Object> inputs,
            Instant occurredAt,
            @Nullable Instant availableAt,
            @Nullable Instant expiresAt) {}

    /**
     * A member's entries, newest first, those before the given one. Points that are still there end
     * when their lot does, which may have changed since; by inactivity, with the account.
     */
    public static List<Entry> of(TenantTx tx, UUID memberId, @Nullable UUID before, int limit) {
        return tx.query(
                        """
                        select e.id, e.kind, e.points, e.balance_after, e.purchase_id, e.rule, e.program_version,
                               e.inputs::text, e.occurred_at, e.available_at,
                               case when l.id is null then e.expires_at else coalesce(l.expires_at, a.expires_at) end
                                 as expires_at
                          from <t>.ledger_entry e
                          left join <t>.lot l on l.id = e.lot_id and e.kind in ('earn', 'opening') and l.remaining > 0
                          left join <t>.account a on a.member_id = l.member_id
                         where e.member_id = :member and e.id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                         order by e.id desc limit :limit
                        """)
                .bind("member", memberId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    /** The awards of these purchases, in the order in which they were given. */
    public static List<Lot> awards(TenantTx tx, Collection<UUID> purchaseIds) {
        return new LedgerDao(tx).lotsOfPurchases(purchaseIds);
    }

    /** The awards that carry this occurrence, in the order in which they were given. */
    public static List<Lot> awardsOf(TenantTx tx, String occurrence) {
        return new LedgerDao(tx).lotsOfOccurrence(occurrence);
    }

    /** How often a rule gave a member points on one local day. */
    public record AwardCount(UUID memberId, String rule, LocalDate day, long awards) {}

    /** Counts the awards of these rules; what was called back entirely does not count. */
    public static List<AwardCount> countAwards(
            TenantTx tx, Collection<UUID> members, Collection<String> rules) {
        return tx.query(
                        """
                        select member_id, rule, (earned_at at time zone :zone)::date as day, count(*) as awards
                          from <t>.lot
                         where member_id = any(:members) and rule = any(:rules) and reversed < points
                         group by member_id, rule, day
                        """)
                .bind("zone", tx.tenant().zone().getId())
                .bindArray("members", UUID.class, List.copyOf(members))
                .bindArray("rules", String.class, List.copyOf(rules))
                .map((row, context) ->
                        new AwardCount(
                                Rows.uuid(row, "member_id"),
                                row.getString("rule"),
                                row.getObject("day", LocalDate.class),
                                row.getLong("awards")))
                .list();
    }

    /** What these members were given points for under a rule, each of which happens once only. */
    public static Map<UUID, Set<String>> occurrences(
            TenantTx tx, Collection<UUID> members, String rule) {
        Map<UUID, Set<String>> found = new HashMap<>();
        tx.query(
                        """
                        select member_id, occurrence from <t>.lot
                         where member_id = any(:members) and rule = :rule and occurrence is not null
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("rule", rule)
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "member_id"), row.getString("occurrence")))
                .forEach(one ->
                        found.computeIfAbsent(one.getKey(), id -> new HashSet<>())
                                .add(one.getValue()));
        return found;
    }

    /** Points earned at one moment, less what was called back of them. */
    public record Earned(UUID member, Instant at, long points) {}

    /**
     * What these members earned, pending points included; not what was booked by hand, brought
     * along from elsewhere or moved.
     *
     * @param since what was earned earlier is left out
     */
    public static List<Earned> earned(
            TenantTx tx, Collection<UUID> members, @Nullable Instant since) {
        return tx.query(
                        """
                        select member_id, earned_at, sum(points - reversed) as points
                          from <t>.lot
                         where member_id = any(:members) and reversed < points
                           and source not in ('adjustment', 'opening', 'merge', 'return')
                           and earned_at >= coalesce(:since::timestamptz, '-infinity')
                         group by member_id, earned_at
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("since", since)
                .map((row, context) ->
                        new Earned(
                                Rows.uuid(row, "member_id"),
                                Rows.instant(row, "earned_at"),
                                row.getLong("points")))
                .list();
    }

    /** The latest occurrence of a yearly occasion for which each member got points. */
    public static Map<UUID, String> latestOccurrences(
            TenantTx tx, String source, Collection<UUID> members) {
        Map<UUID, String> latest = new HashMap<>();
        tx.query(
                        """
                        select member_id, max(occurrence) as occurrence from <t>.lot
                         where member_id = any(:members) and source = :source and occurrence is not null
                         group by member_id
                        """)
                .bindArray("members", UUID.class, List.copyOf(members))
                .bind("source", source)
                .map((row, context) ->
                        Map.entry(Rows.uuid(row, "member_id"), row.getString("occurrence")))
                .forEach(row -> latest.put(row.getKey(), row.getValue()));
        return latest;
    }

    /** How much the ledger has done in all, to tell what a while has brought. */
    public static Map<String, Long> totals(TenantTx tx) {
        return tx.query(
                        """
                        select (select count(*) from <t>.lot) as awards,
                               (select coalesce(-sum(points), 0) from <t>.ledger_entry where kind = 'expire') as expired
                        """)
                .map((row, context) ->
                        Map.of(
                                "awards", row.getLong("awards"),
                                "points_expired", row.getLong("expired")))
                .one();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                Rows.uuid(row, "id"),
                row.getString("kind"),
                row.getLong("points"),
                row.getLong("balance_after"),
                Rows.uuidOrNull(row, "purchase_id"),
                Rows.textOrNull(row, "rule"),
                row.getInt("program_version"),
                Json.read(row.getString("inputs"), INPUTS),
                Rows.instant(row, "occurred_at"),
                Rows.instantOrNull(row, "available_at"),
                Rows.instantOrNull(row, "expires_at"));
    }
}
