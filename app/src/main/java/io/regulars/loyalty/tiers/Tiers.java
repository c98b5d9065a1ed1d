package io.regulars.loyalty.tiers;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tiers to look at, and whether they are right. Locks nothing. */
public final class Tiers {

    private Tiers() {}

    /** The tiers of these members as they see them; empty where the program has none. */
    public static Map<UUID, TierView> of(
            TenantTx tx, ProgramHistory history, Collection<UUID> members) {
        if (members.isEmpty() || history.inForceAt(tx.now()).program().tierScheme().isEmpty()) {
            return Map.of();
        }
        Supplier<Map<UUID, Account>> accounts = Accounts.later(tx, members);
        TierBook book = TierBook.open(tx, history, members);
        Map<UUID, TierView> views = new HashMap<>();
        for (Account account : accounts.get().values()) {
            TierView view = book.view(account);
            if (view != null) {
                views.put(account.memberId(), view);
            }
        }
        return views;
    }

    /** Something that is not as it must be. */
    public record Difference(UUID member, String detail) {}

    /**
     * @param last the last member looked at; null at the end
     */
    public record Checked(List<Difference> differences, @Nullable UUID last) {

        public static final Checked NOTHING = new Checked(List.of(), null);
    }

    /** Whether these members' tiers are what the policy says, a batch in the order of their ids. */
    public static Checked check(
            TenantTx tx, ProgramHistory history, @Nullable UUID after, int batch) {
        List<UUID> members = Accounts.all(tx, after, batch);
        if (members.isEmpty()) {
            return Checked.NOTHING;
        }
        TierBook book = TierBook.openForRefund(tx, history, members);
        List<Difference> differences = new ArrayList<>();
        Map<UUID, Account> accounts = Accounts.of(tx, members);
        for (UUID member : members) {
            Account account = accounts.get(member);
            if (account != null) {
                book.difference(account)
                        .ifPresent(detail -> differences.add(new Difference(member, detail)));
            }
        }
        return new Checked(differences, members.getLast());
    }

    /** Purchases of which more is refunded than was paid, or lines that say otherwise. */
    public static List<Difference> refundDifferences(TenantTx tx) {
        return new TierDao(tx).refundDifferences();
    }
}
