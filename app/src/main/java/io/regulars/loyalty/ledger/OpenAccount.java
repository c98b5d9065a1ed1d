package io.regulars.loyalty.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One member's account while a transaction works on it: as it was, and what it has become. */
final class OpenAccount {

    private final Account before;
    private Account now;
    private final Map<UUID, Lot> lots = new LinkedHashMap<>();
    private final Map<UUID, Lot> asRead = new HashMap<>();
    private final List<Lot> fresh = new ArrayList<>();
    private boolean openLotsRead;

    OpenAccount(Account account) {
        this.before = account;
        this.now = account;
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

    void add(Lot lot) {
        lots.put(lot.id(), lot);
        fresh.add(lot);
    }

    @Nullable Lot lot(UUID id) {
        return lots.get(id);
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
}
