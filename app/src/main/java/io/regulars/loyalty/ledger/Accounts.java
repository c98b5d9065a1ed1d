package io.regulars.loyalty.ledger;

import io.regulars.platform.db.Later;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accounts to look at, and those that time has something to do with. Locks nothing. */
public final class Accounts {

    private Accounts() {}

    /** Not locked: what is seen may have changed by the time it is told. */
    public static Optional<Account> find(TenantTx tx, UUID member) {
        return Optional.ofNullable(of(tx, List.of(member)).get(member));
    }

    public static Map<UUID, Account> of(TenantTx tx, Collection<UUID> memberIds) {
        return later(tx, memberIds).get();
    }

    /** The same, asked together with what else is asked; to be looked at in this transaction. */
    public static Supplier<Map<UUID, Account>> later(TenantTx tx, Collection<UUID> memberIds) {
        if (memberIds.isEmpty()) {
            return Map::of;
        }
        Later<List<Account>> found = new LedgerDao(tx).accounts(List.copyOf(memberIds));
        return () -> {
            Map<UUID, Account> accounts = new HashMap<>();
            found.get().forEach(account -> accounts.put(account.memberId(), account));
            return accounts;
        };
    }

    /**
     * When time next has something to do here, each from an index; null: never.
     *
     * @param available pending points become available
     * @param tierEnds a tier ends
     * @param tierWarning the first end of a tier behind the moment asked for
     * @param expires points expire
     * @param tierReview somebody's tier in the rolling window is due to be looked at
     * @param any whether there is any account
     */
    public record Due(
            @Nullable Instant available,
            @Nullable Instant tierEnds,
            @Nullable Instant tierWarning,
            @Nullable Instant expires,
            @Nullable Instant tierReview,
            boolean any) {}

    /**
     * @param after pending points are looked for behind this moment
     * @param warnAfter ends of tiers are looked for behind this moment
     */
    public static Due due(TenantTx tx, Instant after, Instant warnAfter) {
        return tx.query(
                        """
                        select (select min(available_at) from <t>.lot
                                 where available_at > earned_at and available_at > :after) as available,
                               (select min(tier_ends_at) from <t>.account where tier_ends_at is not null) as tier_ends,
                               (select min(tier_ends_at) from <t>.account where tier_ends_at > :warnAfter) as warning,
                               least((select min(expires_at) from <t>.account where expires_at is not null),
                                     (select min(expires_at) from <t>.lot
                                       where remaining > 0 and expires_at is not null)) as expires,
                               (select min(tier_review_at) from <t>.account where tier_review_at is not null) as review,
                               exists (select from <t>.account) as any_account
                        """)
                .bind("after", after)
                .bind("warnAfter", warnAfter)
                .map((row, context) ->
                        new Due(
                                Rows.instantOrNull(row, "available"),
                                Rows.instantOrNull(row, "tier_ends"),
                                Rows.instantOrNull(row, "warning"),
                                Rows.instantOrNull(row, "expires"),
                                Rows.instantOrNull(row, "review"),
                                row.getBoolean("any_account")))
                .one();
    }

    /** Points of one member that became available. */
    public record Matured(UUID member, long points) {}

    /** Members whose pending points became available behind one moment and up to another. */
    public static List<Matured> matured(
            TenantTx tx, Instant after, Instant until, @Nullable UUID cursor, int limit) {
        return tx.query(
                        """
                        select member_id, sum(remaining) as points from <t>.lot
                         where available_at > earned_at and available_at > :after and available_at <= :until
                           and remaining > 0 and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000')
                         group by member_id order by member_id limit :limit
                        """)
                .bind("after", after)
                .bind("until", until)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) ->
                        new Matured(Rows.uuid(row, "member_id"), row.getLong("points")))
                .list();
    }

    /** Members of whom something expires by this moment. */
    public static List<UUID> expiring(
            TenantTx tx, Instant until, @Nullable UUID cursor, int limit) {
        return members(
                tx,
                """
                select member_id from <t>.account
                 where expires_at <= :until and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000')
                 union
                select member_id from <t>.lot
                 where expires_at <= :until and remaining > 0 and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000')
                 order by member_id limit :limit
                """,
                Map.of("until", until),
                cursor,
                limit);
    }

    /** Members whose tier ends behind one moment and up to another. */
    public static List<UUID> tierEnding(
            TenantTx tx, Instant after, Instant until, @Nullable UUID cursor, int limit) {
        return members(
                tx,
                """
                select member_id from <t>.account
                 where tier_ends_at > :after and tier_ends_at <= :until
                   and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000')
                 order by member_id limit :limit
                """,
                Map.of("after", after, "until", until),
                cursor,
                limit);
    }

    /** Members whose tier in the rolling window is due to be looked at. */
    public static List<UUID> tierReview(
            TenantTx tx, Instant until, @Nullable UUID cursor, int limit) {
        return members(
                tx,
                """
                select member_id from <t>.account
                 where tier_review_at <= :until and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000')
                 order by member_id limit :limit
                """,
                Map.of("until", until),
                cursor,
                limit);
    }

    public static List<UUID> all(TenantTx tx, @Nullable UUID cursor, int limit) {
        return members(
                tx,
                """
                select member_id from <t>.account
                 where not closed and member_id > coalesce(:cursor::uuid, '00000000-0000-0000-0000-000000000000') order by member_id limit :limit
                """,
                Map.of(),
                cursor,
                limit);
    }

    private static List<UUID> members(
            TenantTx tx,
            String sql,
            Map<String, Instant> moments,
            @Nullable UUID cursor,
            int limit) {
        return tx.query(sql)
                .bindMap(moments)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }
}
