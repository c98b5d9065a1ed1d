package io.regulars.loyalty.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Later;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class LedgerDao {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> INPUTS = new TypeReference<>() {};

    private static final String LOT =
            """
            select id, member_id, source, purchase_id, occurrence, points, remaining, reversed, lost, forgiven,
                   rule, program_version, inputs::text, earned_at, available_at, expires_at
              from <t>.lot
            """;

    private static final String ACCOUNT =
            """
            select member_id, balance, debt, carry::text, stamps::text, tier, tier_since, tier_ends_at,
                   tier_review_at, active_at, expires_at, closed,
                   (select max(available_at) from <t>.lot
                     where lot.member_id = account.member_id and remaining > 0 and lot.expires_at is null
                       and available_at > earned_at and available_at > :now) as pending_until
              from <t>.account
            """;

    private final TenantTx tx;

    LedgerDao(TenantTx tx) {
        this.tx = tx;
    }

    void openAccounts(List<UUID> memberIds) {
        tx.write(
                """
                insert into <t>.account (member_id, balance, debt, carry, stamps, active_at)
                select id, 0, 0, '{}', '{}', :now from unnest(:ids) as id
                """,
                v -> v.bindArray("ids", UUID.class, memberIds).bind("now", tx.now()));
    }

    /**
     * An account that this transaction holds.
     *
     * @param pendingUntil when the last of the points that wait and end with the account are there
     */
    record Locked(Account account, boolean isClosed, @Nullable Instant pendingUntil) {}

    Later<List<Locked>> lockAccounts(List<UUID> memberIds) {
        return tx.later(
                ACCOUNT + " where member_id = any(:ids) order by member_id for update",
                v -> v.bindArray("ids", UUID.class, memberIds).bind("now", tx.now()),
                row ->
                        new Locked(
                                account(row),
                                row.getBoolean("closed"),
                                Rows.instantOrNull(row, "pending_until")));
    }

    Later<List<Account>> accounts(List<UUID> memberIds) {
        return tx.later(
                ACCOUNT + " where member_id = any(:ids)",
                values -> values.bindArray("ids", UUID.class, memberIds).bind("now", tx.now()),
                LedgerDao::account);
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                Rows.uuid(row, "member_id"),
                row.getLong("balance"),
                row.getLong("debt"),
                Json.read(row.getString("carry"), COUNTS),
                Json.read(row.getString("stamps"), COUNTS),
                Rows.textOrNull(row, "tier"),
                Rows.instantOrNull(row, "tier_since"),
                Rows.instantOrNull(row, "tier_ends_at"),
                Rows.instantOrNull(row, "tier_review_at"),
                Rows.instant(row, "active_at"),
                Rows.instantOrNull(row, "expires_at"));
    }

    List<Lot> openLots(List<UUID> memberIds) {
        return tx.query(LOT + " where member_id = any(:members) and remaining > 0")
                .bindArray("members", UUID.class, memberIds)
                .map((row, context) -> lot(row))
                .list();
    }

    List<Lot> openLots(UUID memberId) {
        return tx.query(LOT + " where member_id = :member and remaining > 0")
                .bind("member", memberId)
                .map((row, context) -> lot(row))
                .list();
    }

    List<Lot> lots(List<UUID> ids) {
        return tx.query(LOT + " where id = any(:ids)")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> lot(row))
                .list();
    }

    List<Lot> lotsOfPurchases(Collection<UUID> purchaseIds) {
        return tx.query(LOT + " where purchase_id = any(:purchases) order by id")
                .bindArray("purchases", UUID.class, List.copyOf(purchaseIds))
                .map((row, context) -> lot(row))
                .list();
    }

    List<Lot> lotsOfOccurrence(String occurrence) {
        return tx.query(LOT + " where occurrence = :occurrence order by id")
                .bind("occurrence", occurrence)
                .map((row, context) -> lot(row))
                .list();
    }

    /** Also those that another member was given for it and brought along. */
    List<Lot> lotsOfOccurrence(UUID memberId, String occurrence) {
        return tx.query(
                        LOT
                                + """
                                 where member_id = :member
                                   and (occurrence = :occurrence or starts_with(occurrence, :occurrence || ' '))
                                 order by id
                                """)
                .bind("member", memberId)
                .bind("occurrence", occurrence)
                .map((row, context) -> lot(row))
                .list();
    }

    /** All of a member's lots, the used up ones too. */
    List<Lot> lotsOfMember(UUID memberId) {
        return tx.query(LOT + " where member_id = :member order by id")
                .bind("member", memberId)
                .map((row, context) -> lot(row))
                .list();
    }

    /**
     * Gives all lots of one member to another. Of an occasion for which both were given points, the
     * occurrence says whose it was, so that it stays the only one.
     */
    void moveLots(UUID from, UUID to) {
        tx.write(
                """
                update <t>.lot l
                   set member_id = :to,
                       occurrence = case when exists (select from <t>.lot o
                                                       where o.member_id = :to and o.rule = l.rule
                                                         and o.occurrence = l.occurrence)
                                         then l.occurrence || ' ' || :name else l.occurrence end
                 where l.member_id = :from
                """,
                v -> v.bind("from", from).bind("to", to).bind("name", from.toString()));
    }

    /** Gives these lots back, with the occurrence they had. */
    void moveLotsBack(UUID to, List<MergeAccounts.MovedLot> lots) {
        if (lots.isEmpty()) {
            return;
        }
        tx.write(
                """
                update <t>.lot l set member_id = :to, occurrence = n.occurrence
                  from unnest(:ids, :occurrences) as n (id, occurrence) where l.id = n.id
                """,
                v ->
                        v.bind("to", to)
                                .bindColumn("ids", UUID.class, lots, MergeAccounts.MovedLot::id)
                                .bindColumn(
                                        "occurrences",
                                        String.class,
                                        lots,
                                        MergeAccounts.MovedLot::occurrence));
    }

    void close(UUID memberId, boolean closed) {
        tx.write(
                "update <t>.account set closed = :closed where member_id = :member",
                v -> v.bind("closed", closed).bind("member", memberId));
    }

    void insertLots(List<Lot> lots) {
        if (lots.isEmpty()) {
            return;
        }
        tx.write(
                """
                insert into <t>.lot (id, member_id, source, purchase_id, occurrence, points, remaining, reversed, lost,
                       forgiven, rule, program_version, inputs, earned_at, available_at, expires_at)
                select id, member_id, source, purchase_id, occurrence, points, remaining, reversed, lost,
                       forgiven, rule, program_version, inputs::jsonb, earned_at, available_at, expires_at
                  from unnest(:ids, :members, :sources, :purchases, :occurrences, :points, :remaining, :reversed,
                              :lost, :forgiven, :rules, :versions, :inputs, :earned, :available, :expires)
                    as l (id, member_id, source, purchase_id, occurrence, points, remaining, reversed, lost,
                          forgiven, rule, program_version, inputs, earned_at, available_at, expires_at)
                """,
                v ->
                        v.bindColumn("ids", UUID.class, lots, Lot::id)
                                .bindColumn("members", UUID.class, lots, Lot::memberId)
                                .bindColumn("sources", String.class, lots, Lot::source)
                                .bindColumn("purchases", UUID.class, lots, Lot::purchaseId)
                                .bindColumn("occurrences", String.class, lots, Lot::occurrence)
                                .bindColumn("points", Long.class, lots, Lot::points)
                                .bindColumn("remaining", Long.class, lots, Lot::remaining)
                                .bindColumn("reversed", Long.class, lots, Lot::reversed)
                                .bindColumn("lost", Long.class, lots, Lot::lost)
                                .bindColumn("forgiven", Long.class, lots, Lot::forgiven)
                                .bindColumn("rules", String.class, lots, Lot::rule)
                                .bindColumn("versions", Integer.class, lots, Lot::programVersion)
                                .bindColumn(
                                        "inputs",
                                        String.class,
                                        lots,
                                        lot -> Json.write(lot.inputs()))
                                .bindColumn("earned", Instant.class, lots, Lot::earnedAt)
                                .bindColumn("available", Instant.class, lots, Lot::availableAt)
                                .bindColumn("expires", Instant.class, lots, Lot::expiresAt));
    }

    void updateLots(List<Lot> lots) {
        if (lots.isEmpty()) {
            return;
        }
        tx.write(
                """
                update <t>.lot l
                   set remaining = n.remaining, reversed = n.reversed, lost = n.lost, forgiven = n.forgiven
                  from unnest(:ids, :remaining, :reversed, :lost, :forgiven)
                    as n (id, remaining, reversed, lost, forgiven)
                 where l.id = n.id
                """,
                v ->
                        v.bindColumn("ids", UUID.class, lots, Lot::id)
                                .bindColumn("remaining", Long.class, lots, Lot::remaining)
                                .bindColumn("reversed", Long.class, lots, Lot::reversed)
                                .bindColumn("lost", Long.class, lots, Lot::lost)
                                .bindColumn("forgiven", Long.class, lots, Lot::forgiven));
    }

    void insertEntries(List<EntryDraft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        List<EntryDraft> entries = List.copyOf(drafts);
        tx.write(
                """
                insert into <t>.ledger_entry (id, member_id, kind, points, balance_after, lot_id, purchase_id,
                       voucher_id, rule, program_version, inputs, occurred_at, available_at, expires_at, recorded_at)
                select id, member_id, kind, points, balance_after, lot_id, purchase_id,
                       voucher_id, rule, program_version, inputs::jsonb, occurred_at, available_at, expires_at, :now
                  from unnest(:ids, :members, :kinds, :points, :balances, :lots, :purchases,
                              :vouchers, :rules, :versions, :inputs, :occurred, :available, :expires)
                    as e (id, member_id, kind, points, balance_after, lot_id, purchase_id,
                          voucher_id, rule, program_version, inputs, occurred_at, available_at, expires_at)
                """,
                v ->
                        v.bindColumn("ids", UUID.class, entries, EntryDraft::id)
                                .bindColumn("members", UUID.class, entries, EntryDraft::memberId)
                                .bindColumn("kinds", String.class, entries, e -> e.kind().key())
                                .bindColumn("points", Long.class, entries, EntryDraft::points)
                                .bindColumn(
                                        "balances", Long.class, entries, EntryDraft::balanceAfter)
                                .bindColumn("lots", UUID.class, entries, EntryDraft::lotId)
                                .bindColumn(
                                        "purchases", UUID.class, entries, EntryDraft::purchaseId)
                                .bindColumn("vouchers", UUID.class, entries, EntryDraft::voucherId)
                                .bindColumn("rules", String.class, entries, EntryDraft::rule)
                                .bindColumn(
                                        "versions",
                                        Integer.class,
                                        entries,
                                        EntryDraft::programVersion)
                                .bindColumn(
                                        "inputs",
                                        String.class,
                                        entries,
                                        e -> Json.write(e.inputs()))
                                .bindColumn(
                                        "occurred", Instant.class, entries, EntryDraft::occurredAt)
                                .bindColumn(
                                        "available",
                                        Instant.class,
                                        entries,
                                        EntryDraft::availableAt)
                                .bindColumn(
                                        "expires", Instant.class, entries, EntryDraft::expiresAt)
                                .bind("now", tx.now()));
    }

    void updateAccounts(List<Account> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        tx.write(
                """
                update <t>.account a
                   set balance = n.balance, debt = n.debt, carry = n.carry::jsonb, stamps = n.stamps::jsonb,
                       tier = n.tier, tier_since = n.tier_since, tier_ends_at = n.tier_ends_at,
                       tier_review_at = n.tier_review_at, active_at = n.active_at, expires_at = n.expires_at
                  from unnest(:ids, :balances, :debts, :carry, :stamps, :tiers, :since, :ends, :reviews, :active,
                              :expires)
                    as n (member_id, balance, debt, carry, stamps, tier, tier_since, tier_ends_at, tier_review_at,
                          active_at, expires_at)
                 where a.member_id = n.member_id
                """,
                v ->
                        v.bindColumn("ids", UUID.class, accounts, Account::memberId)
                                .bindColumn("balances", Long.class, accounts, Account::balance)
                                .bindColumn("debts", Long.class, accounts, Account::debt)
                                .bindColumn(
                                        "carry", String.class, accounts, a -> Json.write(a.carry()))
                                .bindColumn(
                                        "stamps",
                                        String.class,
                                        accounts,
                                        a -> Json.write(a.stamps()))
                                .bindColumn("tiers", String.class, accounts, Account::tier)
                                .bindColumn("since", Instant.class, accounts, Account::tierSince)
                                .bindColumn("ends", Instant.class, accounts, Account::tierEndsAt)
                                .bindColumn(
                                        "reviews", Instant.class, accounts, Account::tierReviewAt)
                                .bindColumn("active", Instant.class, accounts, Account::activeAt)
                                .bindColumn(
                                        "expires", Instant.class, accounts, Account::expiresAt));
    }

    private static Lot lot(ResultSet row) throws SQLException {
        return new Lot(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "member_id"),
                row.getString("source"),
                Rows.uuidOrNull(row, "purchase_id"),
                Rows.textOrNull(row, "occurrence"),
                row.getLong("points"),
                row.getLong("remaining"),
                row.getLong("reversed"),
                row.getLong("lost"),
                row.getLong("forgiven"),
                Rows.textOrNull(row, "rule"),
                row.getInt("program_version"),
                Json.read(row.getString("inputs"), INPUTS),
                Rows.instant(row, "earned_at"),
                Rows.instant(row, "available_at"),
                Rows.instantOrNull(row, "expires_at"));
    }
}
