package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseDao.OrderKey;
import io.regulars.loyalty.purchases.PurchaseDao.Row;
import io.regulars.loyalty.rewards.OrderVouchers;
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
import java.util.stream.Stream;

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
        record Recorded(PurchaseState state, Brought brought, List<OrderVouchers.Used> vouchers)
                implements Outcome {

            @Override
            public PurchaseId id() {
                return state.row().id();
            }
        }

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
        EarnOnPurchase earning =
                EarnOnPurchase.open(
                        tx,
                        history,
                        purchases.stream().flatMap(p -> Stream.ofNullable(p.member())).toList());
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
        Map<PurchaseId, Outcome.Recorded> recorded = bring(tx, earning, fresh);
        earning.ledger().write();
        List<Event> happened = new ArrayList<>();
        if (events == Events.EACH) {
            recorded.values().forEach(one -> happened.add(event(one)));
        }
        happened.addAll(earning.events());
        if (events == Events.EACH) {
            Outbox.append(tx, happened);
        } else {
            Outbox.appendImported(tx, happened);
        }
        return outcomes(dao, purchases, rows, recorded);
    }

    private static Map<PurchaseId, Outcome.Recorded> bring(
            TenantTx tx, EarnOnPurchase earning, List<Fresh> fresh) {
        Map<PurchaseId, List<OrderVouchers.Used>> vouchers = new HashMap<>();
        for (Fresh one : fresh) {
            if (!one.voucherCodes().isEmpty()) {
                vouchers.put(
                        one.row().id(), OrderVouchers.use(tx, one.voucherCodes(), one.order()));
            }
        }
        Map<PurchaseId, Brought> brought = earning.earn(fresh);
        Map<PurchaseId, Outcome.Recorded> recorded = new LinkedHashMap<>();
        for (Fresh one : fresh) {
            PurchaseId id = one.row().id();
            recorded.put(
                    id,
                    new Outcome.Recorded(
                            one.state(),
                            brought.getOrDefault(id, Brought.NOTHING),
                            vouchers.getOrDefault(id, List.of())));
        }
        return recorded;
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
                purchase.cost(),
                purchase.location(),
                purchase.member() == null ? Tokens.readable(CLAIM_CODE_LENGTH) : null,
                Effects.NONE,
                history.inForceAt(at).number(),
                purchase.contentHash(),
                at,
                now,
                now);
    }

    private static Event event(Outcome.Recorded recorded) {
        Row row = recorded.state().row();
        return new Event.PurchaseRecorded(
                row.id().uuid(),
                row.memberId() == null ? null : row.memberId().uuid(),
                row.amount(),
                recorded.brought().points());
    }

    private static List<Outcome> outcomes(
            PurchaseDao dao,
            List<NewPurchase> purchases,
            Map<OrderKey, Row> rows,
            Map<PurchaseId, Outcome.Recorded> fresh) {
        List<OrderKey> there =
                rows.entrySet().stream()
                        .filter(entry -> !fresh.containsKey(entry.getValue().id()))
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
            Outcome.Recorded now = fresh.get(row.id());
            if (now != null && told.add(row.id())) {
                outcomes.add(now);
            } else if (row.isRepeatedBy(purchase)) {
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
