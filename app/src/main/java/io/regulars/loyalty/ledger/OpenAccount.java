package io.regulars.loyalty.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One member's account while a transaction works on it: as it was, and what it has become. */
final class OpenAccount {

    private final Account before;
    private Account now;
    private final Map<UUID, Lot> lots = new LinkedHashMap<>();
    private final Map<UUID, Lot> asRead = new HashMap<>();
    private final List<Lot> fresh = new ArrayList<>();
    private boolean openLotsRead;
    private @Nullable Instant pendingUntil;

    OpenAccount(LedgerDao.Locked locked) {
        this.before = locked.account();
        this.now = locked.account();
        this.pendingUntil = locked.pendingUntil();
    }

    Account now() {
        return now;
    }

    void become(Account account) {
        now = account;
    }

    boolean isChanged() {
        return !now.equals(before);
    }

    boolean hasOpenLotsRead() {
        return openLotsRead;
    }

    /** Lots as the database has them; those that this transaction changed already stay. */
    void read(Collection<Lot> found, boolean allOpen) {
        for (Lot lot : found) {
            if (lots.putIfAbsent(lot.id(), lot) == null) {
                asRead.put(lot.id(), lot);
            }
        }
        openLotsRead |= allOpen;
    }

    /** When the last of the points that wait and end with the account are there; null: none do. */
    @Nullable Instant pendingUntil() {
        return pendingUntil;
    }

    void add(Lot lot) {
        boolean waits = lot.expiresAt() == null && lot.availableAt().isAfter(lot.earnedAt());
        if (waits && (pendingUntil == null || lot.availableAt().isAfter(pendingUntil))) {
            pendingUntil = lot.availableAt();
        }
        lots.put(lot.id(), lot);
        fresh.add(lot);
    }

    @Nullable Lot lot(UUID id) {
        return lots.get(id);
    }

    Lot require(UUID id) {
        Lot lot = lots.get(id);
        if (lot == null) {
            throw new IllegalStateException("the lot is not there");
        }
        return lot;
    }

    void addDebt(long debt) {
        now = now.withPoints(now.balance(), now.debt() + debt);
    }

    void put(Lot lot) {
        lots.put(lot.id(), lot);
    }

    List<Lot> lots() {
        return List.copyOf(lots.values());
    }

    List<Lot> open() {
        return lots.values().stream()
                .filter(lot -> lot.remaining() > 0)
                .sorted(Lot.burnOrder(now.expiresAt()))
                .toList();
    }

    /** Lots made by this transaction, as they are now. */
    List<Lot> newLots() {
        return fresh.stream().map(lot -> lots.getOrDefault(lot.id(), lot)).toList();
    }

    /** Lots that were there and have changed. */
    List<Lot> changedLots() {
        return lots.values().stream()
                .filter(lot -> {
                    Lot read = asRead.get(lot.id());
                    return read != null && !read.equals(lot);
                })
                .toList();
    }

    List<Ledger.CalledBack> reversals() {
        return changedLots().stream()
                .map(lot -> {
                    Lot read = asRead.get(lot.id());
                    return new Ledger.CalledBack(
                            lot, lot.reversed() - (read == null ? 0 : read.reversed()));
                })
                .filter(one -> one.points() > 0)
                .toList();
    }

    /** What open lots of this kind come to. */
    long sum(Predicate<Lot> of) {
        return open().stream().filter(of).mapToLong(Lot::remaining).sum();
    }

    /** Takes points from open lots of this kind, in burn order; there must be so many. */
    Payment take(long points, Predicate<Lot> from) {
        List<Payment.Part> parts = new ArrayList<>();
        long missing = points;
        for (Lot lot : open()) {
            if (missing > 0 && from.test(lot)) {
                long part = Math.min(missing, lot.remaining());
                put(lot.withRemaining(lot.remaining() - part));
                parts.add(new Payment.Part(lot.id(), part));
                missing -= part;
            }
        }
        if (missing > 0) {
            throw new IllegalStateException("there are fewer points than were counted");
        }
        return new Payment(parts);
    }
}
