package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Records what members do besides buying, and gives the points it earns. */
final class RecordActivity {

    private final TenantDb tenants;
    private final Programs programs;

    RecordActivity(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    /**
     * What was recorded, now or before.
     *
     * @param isNew false for a repeat
     */
    record Recorded(
            ActivityId id, MemberId member, Instant occurredAt, List<Lot> awards, boolean isNew) {}

    /**
     * @throws Problem 422 with pointers, {@code member_not_found}, {@code member_ambiguous}; 409
     *     {@code already_recorded}
     */
    <R> R record(
            TenantRef tenant,
            MemberKey key,
            NewActivity activity,
            BiFunction<TenantTx, Recorded, R> view) {
        return tenants.inTransaction(tenant, tx -> view.apply(tx, record(tx, key, activity)));
    }

    Recorded record(TenantTx tx, MemberKey key, NewActivity activity) {
        MemberId member = MemberDirectory.require(tx, key, "/member").id();
        List<FieldError> errors = activity.errors(tx.now());
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        Ledger ledger = Ledger.lock(tx, List.of(member.uuid()));
        TierBook tiers = TierBook.open(tx, programs.history(tx), List.of(member.uuid()));
        Instant at = activity.occurredAt() == null ? tx.now() : activity.occurredAt();
        ActivityDao.Row row =
                new ActivityDao.Row(
                        ActivityId.next(),
                        activity.type(),
                        activity.key(),
                        member,
                        activity.attributes(),
                        activity.contentHash(),
                        at);
        ActivityDao dao = new ActivityDao(tx);
        if (!dao.insertNew(row)) {
            return repeated(tx, dao.known(activity.type(), activity.key()), row);
        }
        Awards awards = Awards.open(tx, ledger, programs.history(tx), List.of(member.uuid()));
        awards.active(member.uuid());
        EarningRules.Outcome outcome =
                awards.give(
                        member.uuid(),
                        Happening.of(
                                EarningRule.ACTIVITY + activity.type(), at, row.id().occurrence()));
        long points = outcome.awards().stream().mapToLong(EarningRules.Award::points).sum();
        tiers.earned(member.uuid(), at, points);
        tiers.settle(ledger, member.uuid(), Cause.PURCHASE);
        awards.write();
        ledger.write();
        List<Event> happened = new ArrayList<>(tiers.events());
        happened.add(
                new Event.ActivityRecorded(
                        row.id().uuid(), member.uuid(), activity.type(), points));
        Outbox.append(tx, happened);
        return new Recorded(row.id(), member, at, awardsOf(tx, row.id()), true);
    }

    private static Recorded repeated(TenantTx tx, ActivityDao.Known known, ActivityDao.Row said) {
        if (!known.member().equals(said.member())
                || !known.contentHash().equals(said.contentHash())) {
            throw Problem.of(
                            ProblemType.ALREADY_RECORDED,
                            "This type and key belong to an activity with other content.")
                    .at("/key", "already_recorded");
        }
        return new Recorded(
                known.id(), known.member(), known.occurredAt(), awardsOf(tx, known.id()), false);
    }

    private static List<Lot> awardsOf(TenantTx tx, ActivityId id) {
        return LedgerHistory.awardsOf(tx, id.occurrence());
    }
}
