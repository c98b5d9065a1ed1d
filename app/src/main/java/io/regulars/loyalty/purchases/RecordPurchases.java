package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.PurchaseDao.LineRow;
import io.regulars.loyalty.purchases.PurchaseDao.OrderKey;
import io.regulars.loyalty.purchases.PurchaseDao.Row;
import io.regulars.platform.db.TenantTx;
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
import java.util.stream.Stream;

/**
 * Records purchases and gives the points they earn, one or a thousand at once, in few round trips.
 * Accounts are locked before orders are inserted, and orders in one order, so that concurrent
 * callers wait for each other but never in a ring.
 */
public final class RecordPurchases {

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
        ProgramHistory programHistory = programs.history(tx);
        Map<UUID, Account> accounts = lockAccounts(tx, purchases);
        Map<OrderKey, Row> rows = new LinkedHashMap<>();
        Map<OrderKey, NewPurchase> first = new HashMap<>();
        for (NewPurchase purchase : purchases) {
            OrderKey key = key(purchase);
            if (first.putIfAbsent(key, purchase) == null) {
                rows.put(key, row(purchase, programHistory, tx.now()));
            }
        }
        PurchaseDao dao = new PurchaseDao(tx);
        List<Row> sorted =
                rows.values().stream()
                        .sorted(Comparator.comparing(Row::source).thenComparing(Row::orderId))
                        .toList();
        Set<PurchaseId> inserted = new HashSet<>(dao.insertNew(sorted));
        List<Row> fresh = rows.values().stream().filter(r -> inserted.contains(r.id())).toList();
        dao.insertLines(lines(fresh, first));
        Map<PurchaseId, Long> earned = earn(tx, fresh, programHistory, accounts);
        if (events == Events.EACH) {
            Outbox.append(tx, fresh.stream().map(row -> event(row, earned)).toList());
        }
        return outcomes(dao, purchases, rows, inserted);
    }

    private static Map<UUID, Account> lockAccounts(TenantTx tx, List<NewPurchase> purchases) {
        List<UUID> members =
                purchases.stream()
                        .flatMap(p -> Stream.ofNullable(p.member()))
                        .map(MemberId::uuid)
                        .toList();
        return members.isEmpty() ? Map.of() : Ledger.lock(tx, members);
    }

    private static Row row(NewPurchase purchase, ProgramHistory programHistory, Instant now) {
        Instant at = purchase.purchasedAt() == null ? now : purchase.purchasedAt();
        return new Row(
                PurchaseId.next(),
                purchase.source(),
                purchase.orderId(),
                purchase.member(),
                purchase.amount(),
                purchase.location(),
                programHistory.inForceAt(at).number(),
                purchase.contentHash(),
                at,
                now,
                now);
    }

    private static List<LineRow> lines(List<Row> fresh, Map<OrderKey, NewPurchase> purchases) {
        List<LineRow> lines = new ArrayList<>();
        for (Row row : fresh) {
            NewPurchase purchase = purchases.get(new OrderKey(row.source(), row.orderId()));
            int lineNo = 0;
            for (NewPurchase.Line line :
                    purchase == null ? List.<NewPurchase.Line>of() : purchase.lines()) {
                lines.add(new LineRow(row.id(), lineNo++, line));
            }
        }
        return lines;
    }

    /**
     * Evaluates the fresh purchases one after the other, each on the remainders that the one before
     * left.
     */
    private static Map<PurchaseId, Long> earn(
            TenantTx tx,
            List<Row> fresh,
            ProgramHistory programHistory,
            Map<UUID, Account> accounts) {
        Map<UUID, Map<String, Long>> carry = new HashMap<>();
        Map<PurchaseId, Long> earned = new HashMap<>();
        List<Earning> earnings = new ArrayList<>();
        for (Row row : fresh) {
            Account account = row.memberId() == null ? null : accounts.get(row.memberId().uuid());
            if (account == null) {
                continue;
            }
            EarningRules.Outcome outcome =
                    EarningRules.forPurchase(
                            programHistory.numbered(row.programVersion()).program(),
                            row.amount(),
                            carry.getOrDefault(account.memberId(), account.carry()));
            carry.put(account.memberId(), outcome.carry());
            for (EarningRules.Award award : outcome.awards()) {
                earned.merge(row.id(), award.points(), Long::sum);
                earnings.add(earning(row, account.memberId(), award, tx.now()));
            }
        }
        Ledger.earn(tx, accounts, earnings, carry);
        return earned;
    }

    private static Earning earning(Row row, UUID member, EarningRules.Award award, Instant now) {
        return new Earning(
                member,
                award.points(),
                "purchase",
                row.id().uuid(),
                award.rule(),
                row.programVersion(),
                award.inputs(),
                row.purchasedAt(),
                row.purchasedAt().isBefore(now) ? row.purchasedAt() : now,
                null);
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
