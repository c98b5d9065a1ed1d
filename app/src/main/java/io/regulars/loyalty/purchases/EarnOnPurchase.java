package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.referrals.Referrals;
import io.regulars.loyalty.stampcards.StampCards;
import io.regulars.loyalty.stampcards.Stamped;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Gives fresh purchases all that they bring: points, then the tier, stamps, and what was promised
 * to whoever sent the buyer. Each on what the one before left.
 */
final class EarnOnPurchase {

    private final TenantTx tx;
    private final ProgramHistory history;
    private final List<UUID> members;
    private final List<UUID> parties;
    private final Ledger ledger;
    private final TierBook tiers;
    private final Map<PurchaseId, Effects> effects = new HashMap<>();
    private final Set<UUID> counted = new HashSet<>();

    private EarnOnPurchase(
            TenantTx tx,
            ProgramHistory history,
            List<UUID> members,
            List<UUID> parties,
            Ledger ledger) {
        this.tx = tx;
        this.history = history;
        this.members = members;
        this.parties = parties;
        this.ledger = ledger;
        this.tiers = TierBook.open(tx, history, accounts());
    }

    /**
     * Locks what purchases of these members touch. To be called before a purchase is written: tiers
     * look at what was there before.
     */
    static EarnOnPurchase open(TenantTx tx, ProgramHistory history, Collection<MemberId> buyers) {
        List<UUID> members = buyers.stream().map(MemberId::uuid).distinct().toList();
        List<UUID> parties = paysReferrals(history) ? Referrals.partiesOf(tx, members) : List.of();
        Ledger ledger = Ledger.lock(tx, Stream.concat(members.stream(), parties.stream()).toList());
        return new EarnOnPurchase(tx, history, members, parties, ledger);
    }

    Ledger ledger() {
        return ledger;
    }

    TierBook tiers() {
        return tiers;
    }

    /** Events of tiers that rose. */
    List<Event> events() {
        return tiers.events();
    }

    /**
     * @return what each brought, in their order
     */
    Map<PurchaseId, Brought> earn(List<Fresh> fresh) {
        Awards awards = Awards.open(tx, ledger, history, accounts());
        Set<MemberId> boughtBefore = boughtBefore(fresh);
        Map<PurchaseId, Brought> brought = new HashMap<>();
        for (Fresh one : fresh) {
            MemberId member = one.row().memberId();
            if (member != null && ledger.has(member.uuid())) {
                earn(one, member, awards, !boughtBefore.contains(member));
                brought.put(one.row().id(), brought(one, member));
                boughtBefore.add(member);
            }
        }
        awards.write();
        new PurchaseDao(tx).writeEffects(effects);
        return brought;
    }

    private void earn(Fresh fresh, MemberId member, Awards awards, boolean isFirst) {
        PurchaseDao.Row row = fresh.row();
        Program program = history.numbered(row.programVersion()).program();
        awards.active(member.uuid());
        EarningRules.Outcome outcome =
                awards.give(
                        member.uuid(),
                        new Happening(
                                Occasion.PURCHASE,
                                row.purchasedAt(),
                                fresh.state().left(),
                                fresh.items(),
                                row.location(),
                                isFirst,
                                row.id().uuid(),
                                null));
        List<Stamped> stamped =
                program.stampCards().isEmpty()
                        ? List.of()
                        : StampCards.stamp(tx, ledger, program, member, fresh.bought());
        if (!parties.isEmpty()) {
            Referrals.qualify(
                    tx,
                    ledger,
                    awards,
                    history.inForceAt(row.purchasedAt()),
                    member.uuid(),
                    new Referrals.Bought(row.id().uuid(), fresh.state().left(), row.purchasedAt()));
        }
        Effects moved = row.effects().with(outcome.shares(), stamped);
        if (!moved.equals(Effects.NONE)) {
            effects.put(row.id(), moved);
        }
        settle(fresh, member, outcome);
    }

    private void settle(Fresh fresh, MemberId member, EarningRules.Outcome outcome) {
        long points = outcome.awards().stream().mapToLong(EarningRules.Award::points).sum();
        tiers.purchased(member.uuid(), fresh.row().purchasedAt(), fresh.state().left(), points);
        settleAccount(member.uuid());
        parties.stream()
                .filter(party -> !party.equals(member.uuid()) && ledger.has(party))
                .forEach(this::settleAccount);
    }

    private void settleAccount(UUID account) {
        countOthers(account);
        tiers.settle(ledger, account, Cause.PURCHASE);
    }

    /** Points that no purchase earned, but what it brought about. */
    private void countOthers(UUID account) {
        for (Lot lot : ledger.booked(account)) {
            if (lot.purchaseId() == null && counted.add(lot.id())) {
                tiers.earned(account, lot.earnedAt(), lot.points());
            }
        }
    }

    /** What a purchase brought, as the buyer is told. */
    private Brought brought(Fresh fresh, MemberId member) {
        return new Brought(
                ledger.booked(member.uuid()).stream()
                        .filter(lot -> fresh.row().id().uuid().equals(lot.purchaseId()))
                        .toList(),
                ledger.account(member.uuid()).expiresAt(),
                tiers.view(ledger.account(member.uuid())),
                ledger.account(member.uuid()).stamps());
    }

    private List<UUID> accounts() {
        return Stream.concat(members.stream(), parties.stream()).distinct().toList();
    }

    private static boolean paysReferrals(ProgramHistory history) {
        return history.versions().stream()
                .map(ProgramHistory.Version::program)
                .anyMatch(program ->
                        program.referral() != null
                                || program.earning().stream()
                                        .anyMatch(rule -> rule.on().equals("referral")));
    }

    /** Asked only where a rule wants to know. */
    private Set<MemberId> boughtBefore(List<Fresh> fresh) {
        boolean isWanted =
                history.versions().stream()
                        .flatMap(version -> version.program().earning().stream())
                        .anyMatch(rule -> rule.conditions().wantsFirstPurchase());
        if (!isWanted || members.isEmpty()) {
            return new HashSet<>();
        }
        List<PurchaseId> these = fresh.stream().map(f -> f.row().id()).toList();
        return new HashSet<>(
                new PurchaseDao(tx)
                        .whoBoughtBefore(members.stream().map(MemberId::new).toList(), these));
    }
}
