package io.regulars.loyalty.ledger;

import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Moves points, within the caller's transaction. */
public final class Ledger {

    private Ledger() {}

    /** Gives new members an account with nothing in it. */
    public static void open(TenantTx tx, List<UUID> memberIds) {
        new LedgerDao(tx).openAccounts(memberIds);
    }

    /**
     * Locks these members' accounts, in the order of their ids so that two callers cannot wait for
     * each other.
     */
    public static Map<UUID, Account> lock(TenantTx tx, Collection<UUID> memberIds) {
        Map<UUID, Account> accounts = new HashMap<>();
        new LedgerDao(tx)
                .lockAccounts(memberIds.stream().distinct().sorted().toList())
                .forEach(account -> accounts.put(account.memberId(), account));
        return accounts;
    }

    /**
     * Books earnings on locked accounts, in their order, and the remainders of spending that came
     * out beside them.
     *
     * @param carry for members whose remainders changed, all of them
     */
    public static void earn(
            TenantTx tx,
            Map<UUID, Account> locked,
            List<Earning> earnings,
            Map<UUID, Map<String, Long>> carry) {
        LedgerDao dao = new LedgerDao(tx);
        Map<UUID, Long> balances = new HashMap<>();
        List<LedgerDao.Booking> bookings =
                earnings.stream()
                        .map(earning -> {
                            long before =
                                    balances.getOrDefault(
                                            earning.memberId(),
                                            account(locked, earning.memberId()).balance());
                            long after = Math.addExact(before, earning.points());
                            balances.put(earning.memberId(), after);
                            return LedgerDao.Booking.of(earning, after);
                        })
                        .toList();
        dao.insertLots(bookings);
        dao.insertEntries(bookings);
        dao.updateAccounts(locked, balances, carry);
    }

    private static Account account(Map<UUID, Account> locked, UUID memberId) {
        Account account = locked.get(memberId);
        if (account == null) {
            throw new IllegalStateException("the account is not locked");
        }
        return account;
    }
}
