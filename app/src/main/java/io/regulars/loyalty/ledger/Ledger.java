package io.regulars.loyalty.ledger;

import io.regulars.loyalty.program.Program.Refunds.SpentPoints;
import io.regulars.platform.db.Later;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves points of locked accounts. What happens is kept in memory, each movement on what the ones
 * before left, and {@link #write} sends it all at once. Within the caller's transaction.
 */
public final class Ledger {

    private final TenantTx tx;
    private final LedgerDao dao;
    private final Later<List<LedgerDao.Locked>> locked;
    private @Nullable Map<UUID, OpenAccount> open;
    private final List<EntryDraft> entries = new ArrayList<>();

    private Ledger(TenantTx tx, List<UUID> memberIds) {
        this.tx = tx;
        this.dao = new LedgerDao(tx);
        this.locked = dao.lockAccounts(memberIds);
    }

    /** Gives new members an account with nothing in it. */
    public static void open(TenantTx tx, List<UUID> memberIds) {
        new LedgerDao(tx).openAccounts(memberIds);
    }

    /**
     * Locks these members' accounts, in the order of their ids so that two callers cannot wait for
     * each other in a ring. Members without an account are passed over.
     *
     * @throws Problem 409 where a member was merged into another while the caller was on the way
     */
    public static Ledger lock(TenantTx tx, Collection<UUID> memberIds) {
        return new Ledger(tx, memberIds.stream().distinct().sorted().toList());
    }

    private Map<UUID, OpenAccount> accounts() {
        Map<UUID, OpenAccount> accounts = open;
        if (accounts == null) {
            accounts = new LinkedHashMap<>();
            for (LedgerDao.Locked one : locked.get()) {
                if (one.isClosed()) {
                    throw Problem.of(
                            ProblemType.CONFLICT,
                            "The member was merged into another at this moment; send it again.");
                }
                accounts.put(one.account().memberId(), new OpenAccount(one));
            }
            open = accounts;
        }
        return accounts;
    }

    /** Reads the open lots of all these accounts at once, where each would be read by itself. */
    public Ledger withOpenLots() {
        List<UUID> unread =
                accounts().entrySet().stream()
                        .filter(account -> !account.getValue().hasOpenLotsRead())
                        .map(Map.Entry::getKey)
                        .toList();
        Map<UUID, List<Lot>> lots =
                dao.openLots(unread).stream().collect(Collectors.groupingBy(Lot::memberId));
        unread.forEach(member -> opened(member).read(lots.getOrDefault(member, List.of()), true));
        return this;
    }

    /** The account as it is after all that was done here. */
    public Account account(UUID member) {
        return opened(member).now();
    }

    public boolean has(UUID member) {
        return accounts().containsKey(member);
    }

    /** Books an award; debt is repaid from it first. Answers the id of its lot. */
    public UUID earn(Earning earning) {
        return book(earning, EntryKind.EARN);
    }

    /** Books an award under another name: an adjustment, an opening balance. */
    public UUID book(Earning earning, EntryKind kind) {
        OpenAccount account = opened(earning.memberId());
        long repaid = Math.min(account.now().debt(), earning.points());
        Lot lot =
                new Lot(
                        TypeIds.next(),
                        earning.memberId(),
                        earning.source(),
                        earning.purchaseId(),
                        earning.occurrence(),
                        earning.points(),
                        earning.points() - repaid,
                        0,
                        0,
                        0,
                        earning.rule(),
                        earning.programVersion(),
                        earning.inputs(),
                        earning.earnedAt(),
                        earning.availableAt(),
                        earning.expiresAt());
        account.add(lot);
        enter(
                EntryDraft.of(kind, lot, earning.points(), earning.inputs(), earning.earnedAt()),
                -repaid);
        return lot.id();
    }

    /** What the member can spend now. */
    public long available(UUID member) {
        expireDue(member);
        return opened(member).sum(lot -> !lot.isPending(tx.now()));
    }

    /**
     * Spends points, those that end first before others.
     *
     * @return which lots gave them; empty, and nothing done, where there are not enough
     */
    public Optional<Payment> spend(Movement movement) {
        if (available(movement.member()) < movement.points()) {
            return Optional.empty();
        }
        Payment payment =
                opened(movement.member()).take(movement.points(), lot -> !lot.isPending(tx.now()));
        enter(movement.entry(EntryKind.REDEEM, -movement.points(), tx.now()), 0);
        return Optional.of(payment);
    }

    /**
     * Gives spent points back to the lots they came from, with the end those had. What a refund had
     * called back of them meanwhile goes at once, and so does what has expired.
     *
     * @param accountEnd when points without an end of their own would have expired
     */
    public void giveBack(Movement movement, Payment payment, @Nullable Instant accountEnd) {
        OpenAccount account = opened(movement.member());
        readOpenLots(account);
        List<Lot> lots = dao.lots(payment.parts().stream().map(Payment.Part::lot).toList());
        account.read(
                lots.stream().filter(lot -> lot.memberId().equals(movement.member())).toList(),
                false);
        if (account.now().expiresAt() == null && accountEnd != null) {
            account.become(account.now().activeUntil(account.now().activeAt(), accountEnd));
        }
        Payment own = payment.of(part -> account.lot(part.lot()) != null);
        if (own.points() > 0) {
            enter(movement.entry(EntryKind.RETURN, own.points(), tx.now()), 0);
        }
        own.parts().forEach(part -> putBack(account, account.require(part.lot()), part.points()));
        lots.stream()
                .filter(lot -> account.lot(lot.id()) == null)
                .forEach(lot ->
                        giveAnew(
                                account,
                                movement,
                                payment.of(part -> part.lot().equals(lot.id())).points(),
                                lot.expiresAt()));
        expireDue(movement.member());
    }

    private void putBack(OpenAccount account, Lot lot, long points) {
        long forgiven = Math.min(lot.forgiven(), points);
        long repaid = Math.min(account.now().debt(), points - forgiven);
        account.put(
                lot.with(
                        lot.remaining() + points - forgiven - repaid,
                        lot.reversed(),
                        lot.lost(),
                        lot.forgiven() - forgiven));
        account.addDebt(-repaid);
        if (forgiven > 0) {
            enter(EntryDraft.of(EntryKind.REVERSE, lot, -forgiven, Map.of(), tx.now()), 0);
        }
    }

    /** Where the lot they came from has gone back to another member since, by an unmerge. */
    private void giveAnew(
            OpenAccount account, Movement movement, long points, @Nullable Instant end) {
        long repaid = Math.min(account.now().debt(), points);
        Lot lot = movement.lot(points, points - repaid, tx.now(), end);
        account.add(lot);
        enter(movement.entry(EntryKind.RETURN, points, tx.now()).ofLot(lot.id()), -repaid);
    }

    /** The awards of a purchase, as they are now. */
    public List<Lot> awards(UUID member, UUID purchaseId) {
        OpenAccount account = opened(member);
        account.read(dao.lotsOfPurchases(List.of(purchaseId)), false);
        return account.lots().stream().filter(lot -> purchaseId.equals(lot.purchaseId())).toList();
    }

    /** Points of an award that this transaction has called back. */
    public record CalledBack(Lot award, long points) {}

    /** What this transaction has called back from this member so far. */
    public List<CalledBack> calledBack(UUID member) {
        return opened(member).reversals();
    }

    /** What this transaction has booked for this member so far. */
    public List<Lot> booked(UUID member) {
        return opened(member).newLots();
    }

    /** The awards of this member, and of those merged into it, that carry this occurrence. */
    public List<Lot> awardsOf(UUID member, String occurrence) {
        OpenAccount account = opened(member);
        account.read(dao.lotsOfOccurrence(member, occurrence), false);
        return account.lots().stream().filter(lot -> lot.isFor(occurrence)).toList();
    }

    /** Of these, where all open lots are read, those of which something is left. */
    public List<Lot> openAwardsOf(UUID member, String occurrence) {
        return opened(member).lots().stream()
                .filter(lot -> occurrence.equals(lot.occurrence()) && lot.remaining() > 0)
                .toList();
    }

    /**
     * Calls points of an award back: from its own lot, then from the member's other lots in burn
     * order. What has expired of it is gone already; of what is missing the policy decides.
     *
     * @param at when that was; not later than now
     * @return how many points the member lost by it, debt included
     */
    public long reverse(
            Lot award, long points, SpentPoints policy, Map<String, Object> inputs, Instant at) {
        OpenAccount account = opened(award.memberId());
        expireDue(award.memberId());
        Lot lot = account.require(award.id());
        long own = Math.min(points, lot.remaining());
        long gone = Math.min(points - own, lot.lost());
        account.put(
                lot.with(
                        lot.remaining() - own,
                        lot.reversed() + points,
                        lot.lost() - gone,
                        lot.forgiven()));
        long missing = points - own - gone;
        Predicate<Lot> other = one -> policy != SpentPoints.ONLY_PENDING || one.isPending(tx.now());
        long others = account.take(Math.min(missing, account.sum(other)), other).points();
        long unpaid = missing - others;
        long owed = policy == SpentPoints.ALLOW_DEBT ? unpaid : 0;
        if (unpaid > owed) {
            Lot now = account.require(award.id());
            account.put(
                    now.with(
                            now.remaining(),
                            now.reversed(),
                            now.lost(),
                            now.forgiven() + unpaid - owed));
        }
        long taken = own + others + owed;
        if (taken > 0) {
            enter(EntryDraft.of(EntryKind.REVERSE, lot, -taken, inputs, at), owed);
        }
        return taken;
    }

    /**
     * Takes points away by hand.
     *
     * @return false, and nothing done, where the member has not so many and may not owe them
     */
    public boolean takeAway(Movement movement, boolean allowDebt) {
        expireDue(movement.member());
        OpenAccount account = opened(movement.member());
        long there = account.sum(lot -> true);
        if (there < movement.points() && !allowDebt) {
            return false;
        }
        long taken = account.take(Math.min(there, movement.points()), lot -> true).points();
        enter(
                movement.entry(EntryKind.ADJUST, -movement.points(), tx.now()),
                movement.points() - taken);
        return true;
    }

    /**
     * Expires what is over, now.
     *
     * @return how many points
     */
    public long expireDue(UUID member) {
        OpenAccount account = opened(member);
        readOpenLots(account);
        Instant end = account.now().expiresAt();
        long expired = 0;
        for (Lot lot : account.open()) {
            if (lot.isOver(end, tx.now())) {
                expired += lot.remaining();
                Instant at = Optional.ofNullable(lot.end(end)).orElse(tx.now());
                account.put(
                        lot.with(0, lot.reversed(), lot.lost() + lot.remaining(), lot.forgiven()));
                enter(EntryDraft.of(EntryKind.EXPIRE, lot, -lot.remaining(), Map.of(), at), 0);
            }
        }
        if (end != null && !end.isAfter(tx.now())) {
            account.become(account.now().activeUntil(account.now().activeAt(), null));
        }
        return expired;
    }

    /** The member did something: points without an end of their own hold until then. */
    public void active(UUID member, @Nullable Instant expiresAt) {
        OpenAccount account = opened(member);
        Instant end = account.now().expiresAt();
        if (end != null && !end.isAfter(tx.now())) {
            expireDue(member);
        }
        account.become(account.now().activeUntil(tx.now(), expiresAt));
    }

    /** Another end for points without one of their own; the member did nothing. */
    public void endsAt(UUID member, @Nullable Instant expiresAt) {
        OpenAccount account = opened(member);
        account.become(account.now().activeUntil(account.now().activeAt(), expiresAt));
    }

    public void carry(UUID member, Map<String, Long> carry) {
        OpenAccount account = opened(member);
        account.become(account.now().withCarry(carry));
    }

    public void stamps(UUID member, Map<String, Long> stamps) {
        OpenAccount account = opened(member);
        account.become(account.now().withStamps(stamps));
    }

    public void tier(
            UUID member, @Nullable String tier, @Nullable Instant since, @Nullable Instant endsAt) {
        OpenAccount account = opened(member);
        account.become(account.now().withTier(tier, since, endsAt));
    }

    /** When the night is to look at the tier again; null: not before something happens. */
    public void tierReview(UUID member, @Nullable Instant at) {
        OpenAccount account = opened(member);
        account.become(account.now().withTierReview(at));
    }

    /** Sends all that was done to the database. */
    public void write() {
        dao.insertLots(accounts().values().stream().flatMap(a -> a.newLots().stream()).toList());
        dao.insertEntries(entries);
        dao.updateLots(
                accounts().values().stream().flatMap(a -> a.changedLots().stream()).toList());
        dao.updateAccounts(
                accounts().values().stream()
                        .filter(OpenAccount::isChanged)
                        .map(OpenAccount::now)
                        .toList());
        entries.clear();
        open = new LinkedHashMap<>();
    }

    private void readOpenLots(OpenAccount account) {
        if (!account.hasOpenLotsRead()) {
            account.read(dao.openLots(account.now().memberId()), true);
        }
    }

    /**
     * @param debt what the entry adds to the debt, or takes from it
     */
    private void enter(EntryDraft entry, long debt) {
        OpenAccount account = opened(entry.memberId());
        long balance = Math.addExact(account.now().balance(), entry.points());
        account.become(account.now().withPoints(balance, account.now().debt() + debt));
        entries.add(entry.after(balance));
    }

    OpenAccount opened(UUID member) {
        OpenAccount account = accounts().get(member);
        if (account == null) {
            throw new IllegalStateException("the account is not locked");
        }
        return account;
    }
}
