package io.regulars.edge.imports;

import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.JoinEarlier;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.Profile;
import io.regulars.loyalty.purchases.NewPurchase;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Records a batch of orders, and makes the members that are not there yet, within the caller's
 * transaction. Makes no events.
 */
final class ImportPurchases {

    /**
     * Somebody else may make the same member at the same moment; then it is found the next time.
     */
    private static final int TRIES = 3;

    private final RecordPurchases recordPurchases;
    private final EnrolMembers enrolMembers;

    ImportPurchases(RecordPurchases recordPurchases, EnrolMembers enrolMembers) {
        this.recordPurchases = recordPurchases;
        this.enrolMembers = enrolMembers;
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
        Map<String, MemberId> members = members(tx, job, sound);
        List<Order> taken = new ArrayList<>();
        List<NewPurchase> purchases = new ArrayList<>();
        for (Order order : sound) {
            String externalId = order.member();
            MemberId member = externalId == null ? null : members.get(externalId);
            if (externalId != null && member == null) {
                tally.failed(
                        order.size(),
                        order.refused("member_not_found", "No member has this external id."));
            } else {
                taken.add(order);
                purchases.add(order.purchase(member));
            }
        }
        if (!taken.isEmpty()) {
            record(tx, job, taken, purchases, tally);
        }
        return tally;
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
        if (joined.isEmpty()) {
            return Map.of();
        }
        Map<String, MemberId> known =
                new HashMap<>(MemberDirectory.idsByExternalId(tx, joined.keySet()));
        for (int i = 0; job.options().createMembers() && i < TRIES; i++) {
            Set<String> missing = new HashSet<>(joined.keySet());
            missing.removeAll(known.keySet());
            if (missing.isEmpty()) {
                break;
            }
            if (i > 0) {
                known.putAll(MemberDirectory.idsByExternalId(tx, missing));
                missing.removeAll(known.keySet());
            }
            known.putAll(enrolled(tx, job, missing, joined));
        }
        return known;
    }

    private Map<String, MemberId> enrolled(
            TenantTx tx, ImportJob job, Set<String> externalIds, Map<String, Instant> joined) {
        List<EnrolMembers.Enrolment> enrolments =
                externalIds.stream()
                        .sorted()
                        .map(id ->
                                EnrolMembers.Enrolment.imported(
                                        Profile.ofExternalId(
                                                id, Objects.requireNonNull(joined.get(id))),
                                        List.of()))
                        .toList();
        Map<String, MemberId> made = new HashMap<>();
        enrolMembers.enrol(tx, enrolments, job.id().toString()).stream()
                .filter(Objects::nonNull)
                .forEach(member ->
                        made.put(Objects.requireNonNull(member.externalId()), member.id()));
        return made;
    }
}
