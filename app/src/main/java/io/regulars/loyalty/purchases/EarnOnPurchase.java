package io.regulars.loyalty.purchases;

import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives fresh purchases the points they earn, each on what the one before left. */
final class EarnOnPurchase {

    private final TenantTx tx;
    private final Ledger ledger;
    private final Awards awards;
    private final Set<MemberId> boughtBefore;
    private final Map<PurchaseId, Effects> effects = new HashMap<>();

    private EarnOnPurchase(TenantTx tx, Ledger ledger, Awards awards, Set<MemberId> boughtBefore) {
        this.tx = tx;
        this.ledger = ledger;
        this.awards = awards;
        this.boughtBefore = boughtBefore;
    }

    static EarnOnPurchase open(
            TenantTx tx, Ledger ledger, ProgramHistory history, List<Fresh> fresh) {
        List<MemberId> members =
                fresh.stream()
                        .flatMap(f -> Stream.ofNullable(f.row().memberId()))
                        .distinct()
                        .toList();
        Awards awards =
                Awards.open(tx, ledger, history, members.stream().map(MemberId::uuid).toList());
        return new EarnOnPurchase(tx, ledger, awards, boughtBefore(tx, history, members, fresh));
    }

    void earn(List<Fresh> fresh) {
        for (Fresh one : fresh) {
            MemberId member = one.row().memberId();
            if (member != null && ledger.has(member.uuid())) {
                earn(one, member);
                boughtBefore.add(member);
            }
        }
        awards.write();
        new PurchaseDao(tx).writeEffects(effects);
    }

    private void earn(Fresh fresh, MemberId member) {
        PurchaseDao.Row row = fresh.row();
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
                                !boughtBefore.contains(member),
                                row.id().uuid(),
                                null));
        Effects moved = row.effects().withShares(outcome.shares());
        if (!moved.equals(Effects.NONE)) {
            effects.put(row.id(), moved);
        }
    }

    /** Asked only where a rule wants to know. */
    private static Set<MemberId> boughtBefore(
            TenantTx tx, ProgramHistory history, List<MemberId> members, List<Fresh> fresh) {
        boolean isWanted =
                history.versions().stream()
                        .flatMap(version -> version.program().earning().stream())
                        .anyMatch(rule -> rule.conditions().wantsFirstPurchase());
        if (!isWanted || members.isEmpty()) {
            return new HashSet<>();
        }
        List<PurchaseId> these = fresh.stream().map(f -> f.row().id()).toList();
        return new HashSet<>(new PurchaseDao(tx).whoBoughtBefore(members, these));
    }

    /** The accounts that a purchase of these members touches. */
    static List<UUID> accounts(List<NewPurchase> purchases) {
        return purchases.stream()
                .flatMap(p -> Stream.ofNullable(p.member()))
                .map(MemberId::uuid)
                .toList();
    }
}
