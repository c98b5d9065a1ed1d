package io.regulars.loyalty.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class LedgerDao {

    private static final TypeReference<Map<String, Long>> CARRY = new TypeReference<>() {};

    private final TenantTx tx;

    LedgerDao(TenantTx tx) {
        this.tx = tx;
    }

    /** An earning with the ids and the balance that it gets when booked. */
    record Booking(Earning earning, UUID lotId, UUID entryId, long balanceAfter, String inputs) {

        static Booking of(Earning earning, long balanceAfter) {
            return new Booking(
                    earning,
                    TypeIds.next(),
                    TypeIds.next(),
                    balanceAfter,
                    Json.write(earning.inputs()));
        }
    }

    void openAccounts(List<UUID> memberIds) {
        tx.update(
                        """
                        insert into <t>.account (member_id, balance, debt, carry)
                        select id, 0, 0, '{}' from unnest(:ids) as id
                        """)
                .bindArray("ids", UUID.class, memberIds)
                .execute();
    }

    List<Account> lockAccounts(List<UUID> memberIds) {
        return tx.query(
                        """
                        select member_id, balance, debt, carry::text from <t>.account
                         where member_id = any(:ids) order by member_id for update
                        """)
                .bindArray("ids", UUID.class, memberIds)
                .map((row, context) ->
                        new Account(
                                Rows.uuid(row, "member_id"),
                                row.getLong("balance"),
                                row.getLong("debt"),
                                Json.read(row.getString("carry"), CARRY)))
                .list();
    }

    void insertLots(List<Booking> bookings) {
        if (bookings.isEmpty()) {
            return;
        }
        List<Earning> earnings = bookings.stream().map(Booking::earning).toList();
        tx.update(
                        """
                        insert into <t>.lot (id, member_id, source, purchase_id, points, remaining, rule,
                               program_version, inputs, earned_at, available_at, expires_at)
                        select id, member_id, source, purchase_id, points, points, rule,
                               program_version, inputs::jsonb, earned_at, available_at, expires_at
                          from unnest(:ids, :members, :sources, :purchases, :points, :rules,
                                      :versions, :inputs, :earned, :available, :expires)
                            as l (id, member_id, source, purchase_id, points, rule,
                                  program_version, inputs, earned_at, available_at, expires_at)
                        """)
                .bindArray("ids", UUID.class, bookings.stream().map(Booking::lotId).toList())
                .bindArray("members", UUID.class, earnings.stream().map(Earning::memberId).toList())
                .bindArray("sources", String.class, earnings.stream().map(Earning::source).toList())
                .bindArray("purchases", UUID.class, Columns.of(earnings, Earning::purchaseId))
                .bindArray("points", Long.class, earnings.stream().map(Earning::points).toList())
                .bindArray("rules", String.class, earnings.stream().map(Earning::rule).toList())
                .bindArray(
                        "versions",
                        Integer.class,
                        earnings.stream().map(Earning::programVersion).toList())
                .bindArray("inputs", String.class, bookings.stream().map(Booking::inputs).toList())
                .bindArray(
                        "earned", Instant.class, earnings.stream().map(Earning::earnedAt).toList())
                .bindArray(
                        "available",
                        Instant.class,
                        earnings.stream().map(Earning::availableAt).toList())
                .bindArray("expires", Instant.class, Columns.of(earnings, Earning::expiresAt))
                .execute();
    }

    void insertEntries(List<Booking> bookings) {
        if (bookings.isEmpty()) {
            return;
        }
        List<Earning> earnings = bookings.stream().map(Booking::earning).toList();
        tx.update(
                        """
                        insert into <t>.ledger_entry (id, member_id, kind, points, balance_after, lot_id, purchase_id,
                               rule, program_version, inputs, occurred_at, available_at, expires_at, recorded_at)
                        select id, member_id, 'earn', points, balance_after, lot_id, purchase_id,
                               rule, program_version, inputs::jsonb, occurred_at, available_at, expires_at, :now
                          from unnest(:ids, :members, :points, :balances, :lots, :purchases,
                                      :rules, :versions, :inputs, :occurred, :available, :expires)
                            as e (id, member_id, points, balance_after, lot_id, purchase_id,
                                  rule, program_version, inputs, occurred_at, available_at, expires_at)
                        """)
                .bindArray("ids", UUID.class, bookings.stream().map(Booking::entryId).toList())
                .bindArray("members", UUID.class, earnings.stream().map(Earning::memberId).toList())
                .bindArray("points", Long.class, earnings.stream().map(Earning::points).toList())
                .bindArray(
                        "balances",
                        Long.class,
                        bookings.stream().map(Booking::balanceAfter).toList())
                .bindArray("lots", UUID.class, bookings.stream().map(Booking::lotId).toList())
                .bindArray("purchases", UUID.class, Columns.of(earnings, Earning::purchaseId))
                .bindArray("rules", String.class, earnings.stream().map(Earning::rule).toList())
                .bindArray(
                        "versions",
                        Integer.class,
                        earnings.stream().map(Earning::programVersion).toList())
                .bindArray("inputs", String.class, bookings.stream().map(Booking::inputs).toList())
                .bindArray(
                        "occurred",
                        Instant.class,
                        earnings.stream().map(Earning::earnedAt).toList())
                .bindArray(
                        "available",
                        Instant.class,
                        earnings.stream().map(Earning::availableAt).toList())
                .bindArray("expires", Instant.class, Columns.of(earnings, Earning::expiresAt))
                .bind("now", tx.now())
                .execute();
    }

    void updateAccounts(
            Map<UUID, Account> locked,
            Map<UUID, Long> balances,
            Map<UUID, Map<String, Long>> carry) {
        List<Account> changed =
                locked.values().stream()
                        .filter(a ->
                                balances.containsKey(a.memberId())
                                        || carry.containsKey(a.memberId()))
                        .toList();
        if (changed.isEmpty()) {
            return;
        }
        tx.update(
                        """
                        update <t>.account a set balance = n.balance, carry = n.carry::jsonb
                          from unnest(:ids, :balances, :carry) as n (member_id, balance, carry)
                         where a.member_id = n.member_id
                        """)
                .bindArray("ids", UUID.class, changed.stream().map(Account::memberId).toList())
                .bindArray(
                        "balances",
                        Long.class,
                        changed.stream()
                                .map(a -> balances.getOrDefault(a.memberId(), a.balance()))
                                .toList())
                .bindArray(
                        "carry",
                        String.class,
                        changed.stream()
                                .map(a -> Json.write(carry.getOrDefault(a.memberId(), a.carry())))
                                .toList())
                .execute();
    }
}
