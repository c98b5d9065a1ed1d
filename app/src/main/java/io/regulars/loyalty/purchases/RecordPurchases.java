package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseDao.OrderKey;
import io.regulars.loyalty.purchases.PurchaseDao.Row;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Records purchases and gives the points they earn, one or a thousand at once, in few round trips.
 * Accounts are locked before orders are inserted, and orders in one order, so that concurrent
 * callers wait for each other but never in a ring.
 */
public final class RecordPurchases {

    /** Nobody guesses one, and it fits on a receipt. */
    private static final int CLAIM_CODE_LENGTH = 12;

    private final Programs programs;

    public RecordPurchases(Programs programs) {
        this.programs = programs;
    }

    /** What became of one purchase. */
    public sealed interface Outcome {

        PurchaseId id();

        /** Recorded now. */
        record Recorded(PurchaseId id) implements Outcome {}

        /** Recorded before, with the same content. */
        record Repeated(PurchaseId id) implements Outcome {}

        /** Its source and order id belong to another purchase. */
        record Conflicting(PurchaseId id) implements Outcome {}
    }

    /** Whether each purchase makes an event; an import makes one for all. */
    public enum Events {
        EACH,
        NONE
    }

    /**
     * Records valid purchases whose members exist. A source and order id may come twice; the first
     * one counts.
     *
     * @return what became of each, in their order
     */
    public List<Outcome> record(TenantTx tx, List<NewPurchase> purchases, Events events) {
        ProgramHistory history = programs.history(tx);
        Ledger ledger = Ledger.lock(tx, EarnOnPurchase.accounts(purchases));
        Map<OrderKey, NewPurchase> first = new LinkedHashMap<>();
        purchases.forEach(purchase -> first.putIfAbsent(key(purchase), purchase));
        PurchaseDao dao = new PurchaseDao(tx);
        Map<OrderKey, Row> rows = new LinkedHashMap<>();
        first.forEach((key, purchase) -> rows.put(key, row(purchase, history, tx.now())));
        List<Row> sorted =
                rows.values().stream()
                        .sorted(Comparator.comparing(Row::source).thenComparing(Row::orderId))
                        .toList();
        Set<PurchaseId> inserted = new HashSet<>(dao.insertNew(sorted));
        List<Fresh> fresh = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (inserted.contains(row.id())) {
                fresh.add(Fresh.of(row, Objects.requireNonNull(first.get(key))));
            }
        });
        dao.insertLines(fresh.stream().flatMap(f -> f.lineRows().stream()).toList());
        Map<PurchaseId, Long> earned = EarnOnPurchase.open(tx, ledger, history, fresh).earn(fresh);
        ledger.write();
        if (events == Events.EACH) {
            Outbox.append(tx, fresh.stream().map(f -> event(f.row(), earned)).toList());
        }
        return outcomes(dao, purchases, rows, inserted);
    }

    private static Row row(NewPurchase purchase, ProgramHistory history, Instant now) {
        Instant at = purchase.purchasedAt() == null ? now : purchase.purchasedAt();
        return new Row(
                PurchaseId.next(),
                purchase.source(),
                purchase.orderId(),
                purchase.member(),
                purchase.amount(),
                0,
                purchase.location(),
                purchase.member() == null ? Tokens.readable(CLAIM_CODE_LENGTH) : null,
                Effects.NONE,
                history.inForceAt(at).number(),
                purchase.contentHash(),
                at,
                now,
                now);
    }

    private static Event event(Row row, Map<PurchaseId, Long> earned) {
        UUID member = row.memberId() == null ? null : row.memberId().uuid();
        return new Event.PurchaseRecorded(
                row.id().uuid(), member, row.amount(), earned.getOrDefault(row.id(), 0L));
    }

    private static List<Outcome> outcomes(
            PurchaseDao dao,
            List<NewPurchase> purchases,
            Map<OrderKey, Row> rows,
            Set<PurchaseId> inserted) {
        List<OrderKey> there =
                rows.entrySet().stream()
                        .filter(entry -> !inserted.contains(entry.getValue().id()))
                        .map(Map.Entry::getKey)
                        .toList();
        Map<OrderKey, Row> recorded = new HashMap<>(rows);
        if (!there.isEmpty()) {
            recorded.putAll(dao.byOrders(there));
        }
        Set<PurchaseId> told = new HashSet<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (NewPurchase purchase : purchases) {
            Row row = Objects.requireNonNull(recorded.get(key(purchase)));
            if (inserted.contains(row.id()) && told.add(row.id())) {
                outcomes.add(new Outcome.Recorded(row.id()));
            } else if (row.contentHash().equals(purchase.contentHash())) {
                outcomes.add(new Outcome.Repeated(row.id()));
            } else {
                outcomes.add(new Outcome.Conflicting(row.id()));
            }
        }
        return outcomes;
    }

    private static OrderKey key(NewPurchase purchase) {
        return new OrderKey(purchase.source(), purchase.orderId());
    }
}
