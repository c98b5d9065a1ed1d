package io.regulars.loyalty.ledger;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives all that one account has to another, and back. Lots move as they are, with the purchases
 * they came from, so that a later refund finds them; an entry of kind {@code merge} on each side
 * keeps both balanced. Within the caller's transaction.
 */
public final class MergeAccounts {

    private final TenantTx tx;
    private final LedgerDao dao;
    private final int programVersion;

    /**
     * @param programVersion the version in force, for the entries
     */
    public MergeAccounts(TenantTx tx, int programVersion) {
        this.tx = tx;
        this.dao = new LedgerDao(tx);
        this.programVersion = programVersion;
    }

    /** A lot as it was when it moved. */
    public record MovedLot(UUID id, long remaining, @Nullable String occurrence) {}

    /**
     * An account as it was before it was given away.
     *
     * @param survivor the account that took it, as it was before
     */
    public record Moved(Account account, Account survivor, List<MovedLot> lots) {}

    /**
     * What could not be put back.
     *
     * @param points spent or expired meanwhile
     * @param debt paid meanwhile
     */
    public record Kept(long points, long debt) {}

    /** Locks accounts in the order of their ids, also those that were given away. */
    public static void lock(TenantTx tx, Collection<UUID> members) {
        new LedgerDao(tx).lockAccounts(members.stream().sorted().toList());
    }

    /** Gives all of {@code from} to {@code to} and closes it. */
    public Moved merge(UUID from, UUID to, Map<String, Object> inputs) {
        expire(from, to);
        Map<UUID, Account> accounts = locked(from, to);
        Account giving = Objects.requireNonNull(accounts.get(from));
        Account taking = Objects.requireNonNull(accounts.get(to));
        List<Lot> lots = dao.lotsOfMember(from);
        List<Lot> own = dao.openLots(to);
        dao.moveLots(from, to);
        enter(giving, -giving.balance(), inputs);
        enter(taking, giving.balance(), inputs);
        Account together =
                new Account(
                        to,
                        Math.addExact(taking.balance(), giving.balance()),
                        Math.addExact(taking.debt(), giving.debt()),
                        added(taking.carry(), giving.carry(), Long::sum),
                        added(taking.stamps(), giving.stamps(), Long::sum),
                        taking.tier() == null ? giving.tier() : taking.tier(),
                        taking.tier() == null ? giving.tierSince() : taking.tierSince(),
                        taking.tier() == null ? giving.tierEndsAt() : taking.tierEndsAt(),
                        // Both tiers are settled anew behind a merge, and told when they are due.
                        null,
                        later(taking.activeAt(), giving.activeAt()),
                        end(taking, own, giving, lots));
        List<Lot> open =
                Stream.concat(own.stream(), lots.stream())
                        .filter(lot -> lot.remaining() > 0)
                        .toList();
        dao.updateAccounts(List.of(emptied(giving), repaid(together, open)));
        dao.close(from, true);
        return new Moved(
                giving,
                taking,
                lots.stream()
                        .map(lot -> new MovedLot(lot.id(), lot.remaining(), lot.occurrence()))
                        .toList());
    }

    /** Opens {@code from} again and gives back what is left of what it had. */
    public Kept unmerge(UUID from, UUID to, Moved moved, Map<String, Object> inputs) {
        Ledger ledger = Ledger.lock(tx, List.of(to));
        ledger.expireDue(to);
        ledger.write();
        Map<UUID, Account> accounts = locked(from, to);
        Account giving = Objects.requireNonNull(accounts.get(to));
        Account empty = Objects.requireNonNull(accounts.get(from));
        Map<UUID, Lot> there =
                dao.lots(moved.lots().stream().map(MovedLot::id).toList()).stream()
                        .filter(lot -> lot.memberId().equals(to))
                        .collect(Collectors.toMap(Lot::id, lot -> lot));
        List<MovedLot> back =
                moved.lots().stream().filter(lot -> there.containsKey(lot.id())).toList();
        long points = there.values().stream().mapToLong(Lot::remaining).sum();
        long debt = Math.min(moved.account().debt(), giving.debt());
        long balance = points - debt;
        dao.moveLotsBack(from, back);
        enter(giving, -balance, inputs);
        enter(empty, balance, inputs);
        Account before = moved.account();
        Map<String, Long> carry = part(before.carry(), giving.carry());
        Map<String, Long> stamps = part(before.stamps(), giving.stamps());
        dao.updateAccounts(
                List.of(
                        new Account(
                                from,
                                balance,
                                debt,
                                carry,
                                stamps,
                                before.tier(),
                                before.tierSince(),
                                before.tierEndsAt(),
                                null,
                                before.activeAt(),
                                laterEnd(before.expiresAt(), giving.expiresAt())),
                        new Account(
                                to,
                                giving.balance() - balance,
                                giving.debt() - debt,
                                added(giving.carry(), carry, (a, b) -> a - b),
                                added(giving.stamps(), stamps, (a, b) -> a - b),
                                giving.tier(),
                                giving.tierSince(),
                                giving.tierEndsAt(),
                                null,
                                giving.activeAt(),
                                giving.expiresAt())));
        dao.close(from, false);
        long had = moved.lots().stream().mapToLong(MovedLot::remaining).sum();
        return new Kept(Math.max(0, had - points), before.debt() - debt);
    }

    /** What is over is over before it moves. */
    private void expire(UUID from, UUID to) {
        Ledger ledger = Ledger.lock(tx, List.of(from, to));
        ledger.expireDue(from);
        ledger.expireDue(to);
        ledger.write();
    }

    private Map<UUID, Account> locked(UUID one, UUID other) {
        return dao.lockAccounts(Stream.of(one, other).sorted().toList()).get().stream()
                .map(LedgerDao.Locked::account)
                .collect(Collectors.toMap(Account::memberId, account -> account));
    }

    private void enter(Account account, long points, Map<String, Object> inputs) {
        if (points == 0) {
            return;
        }
        dao.insertEntries(
                List.of(
                        new EntryDraft(
                                TypeIds.next(),
                                account.memberId(),
                                EntryKind.MERGE,
                                points,
                                Math.addExact(account.balance(), points),
                                null,
                                null,
                                null,
                                null,
                                programVersion,
                                inputs,
                                tx.now(),
                                null,
                                null)));
    }

    /** One of them may owe what the other has. */
    private Account repaid(Account account, List<Lot> open) {
        long owed = account.debt();
        List<Lot> paying = new ArrayList<>();
        for (Lot lot : open.stream().sorted(Lot.burnOrder(account.expiresAt())).toList()) {
            long part = Math.min(owed, lot.remaining());
            if (part > 0) {
                paying.add(lot.withRemaining(lot.remaining() - part));
                owed -= part;
            }
        }
        dao.updateLots(paying);
        return account.withPoints(account.balance(), owed);
    }

    private static Account emptied(Account account) {
        return new Account(
                account.memberId(),
                0,
                0,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                account.activeAt(),
                null);
    }

    /** The later end counts, and none at all where the points of one side had none. */
    private static @Nullable Instant end(
            Account one, List<Lot> lotsOfOne, Account other, List<Lot> lotsOfOther) {
        if (holdsForEver(one, lotsOfOne) || holdsForEver(other, lotsOfOther)) {
            return null;
        }
        return Stream.of(one, other)
                .map(Account::expiresAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean holdsForEver(Account account, List<Lot> lots) {
        return account.expiresAt() == null
                && lots.stream().anyMatch(lot -> lot.remaining() > 0 && lot.expiresAt() == null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable Instant laterEnd(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other == null ? null : later(one, other);
    }

    private static Map<String, Long> added(
            Map<String, Long> one, Map<String, Long> other, BinaryOperator<Long> how) {
        Map<String, Long> sums = new HashMap<>(one);
        other.forEach((key, value) -> sums.merge(key, value, how));
        return sums;
    }

    /** Of what was given, what is still there. */
    private static Map<String, Long> part(Map<String, Long> given, Map<String, Long> there) {
        Set<String> keys = given.keySet();
        return keys.stream()
                .filter(there::containsKey)
                .collect(
                        Collectors.toMap(
                                key -> key,
                                key ->
                                        Math.min(
                                                given.getOrDefault(key, 0L),
                                                there.getOrDefault(key, 0L))));
    }
}
