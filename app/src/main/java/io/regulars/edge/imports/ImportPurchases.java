package io.regulars.edge.imports;

import io.regulars.loyalty.members.JoinEarlier;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.NewPurchase;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Records a batch of orders, and makes the members that are not there yet, within the caller's
 * transaction. Makes no events.
 */
final class ImportPurchases {

    private final RecordPurchases recordPurchases;
    private final RefundOrders refundOrders;
    private final ImportedMembers importedMembers;

    ImportPurchases(
            RecordPurchases recordPurchases,
            RefundOrders refundOrders,
            ImportedMembers importedMembers) {
        this.recordPurchases = recordPurchases;
        this.refundOrders = refundOrders;
        this.importedMembers = importedMembers;
    }

    Tally apply(TenantTx tx, ImportJob job, List<Order> orders) {
        Tally tally = new Tally();
        List<Order> sound = new ArrayList<>();
        for (Order order : orders) {
            List<RowError> errors = order.errors(tx.now());
            if (errors.isEmpty()) {
                sound.add(order);
            } else {
                tally.failed(order.size(), errors);
            }
        }
        List<Order> refunds = sound.stream().filter(order -> order.refundOf() != null).toList();
        sound.removeAll(refunds);
        Map<String, MemberId> members = members(tx, job, sound);
        List<Order> taken = new ArrayList<>();
        List<NewPurchase> purchases = new ArrayList<>();
        for (Order order : sound) {
            String externalId = order.member();
            MemberId member = externalId == null ? null : members.get(externalId);
            if (externalId != null && member == null) {
                ImportedMembers.Refusal refusal = importedMembers.missing(job);
                tally.failed(order.size(), order.refused(refusal.code(), refusal.detail()));
            } else {
                taken.add(order);
                purchases.add(order.purchase(member));
            }
        }
        if (!taken.isEmpty()) {
            record(tx, job, taken, purchases, tally);
        }
        // After the purchases, some of which they may take back.
        refund(tx, refunds, tally);
        return tally;
    }

    private void refund(TenantTx tx, List<Order> orders, Tally tally) {
        if (orders.isEmpty()) {
            return;
        }
        List<RefundOrders.Outcome> outcomes =
                refundOrders.refund(tx, orders.stream().map(Order::refund).toList());
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            switch (outcomes.get(i)) {
                case RefundOrders.Outcome.Refunded _ -> tally.imported(order.size());
                case RefundOrders.Outcome.Repeated _ -> tally.unchanged(order.size());
                case RefundOrders.Outcome.Refused refused ->
                        tally.failed(order.size(), order.refused(refused.code(), refused.detail()));
            }
        }
    }

    private void record(
            TenantTx tx,
            ImportJob job,
            List<Order> orders,
            List<NewPurchase> purchases,
            Tally tally) {
        List<RecordPurchases.Outcome> outcomes =
                recordPurchases.record(tx, purchases, RecordPurchases.Events.NONE);
        Map<MemberId, Instant> earliest = new HashMap<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            switch (outcomes.get(i)) {
                case RecordPurchases.Outcome.Recorded _ -> {
                    tally.imported(order.size());
                    note(earliest, purchases.get(i));
                }
                case RecordPurchases.Outcome.Repeated _ -> tally.unchanged(order.size());
                case RecordPurchases.Outcome.Conflicting _ ->
                        tally.failed(
                                order.size(),
                                order.refused(
                                        "already_recorded",
                                        "This source and order id belong to a purchase with other content"
                                                + " (the rows of one order must follow each other)."));
            }
        }
        JoinEarlier.move(tx, earliest, Objects.requireNonNull(job.fence()));
    }

    private static void note(Map<MemberId, Instant> earliest, NewPurchase purchase) {
        MemberId member = purchase.member();
        Instant at = purchase.purchasedAt();
        if (member != null && at != null) {
            earliest.merge(member, at, (a, b) -> a.isBefore(b) ? a : b);
        }
    }

    private Map<String, MemberId> members(TenantTx tx, ImportJob job, List<Order> orders) {
        Map<String, Instant> joined = new LinkedHashMap<>();
        for (Order order : orders) {
            String externalId = order.member();
            if (externalId != null) {
                joined.merge(
                        externalId,
                        Objects.requireNonNull(order.first().purchasedAt()),
                        (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return importedMembers.of(tx, job, joined);
    }
}
