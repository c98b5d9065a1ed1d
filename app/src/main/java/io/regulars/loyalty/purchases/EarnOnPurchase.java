package io.regulars.loyalty.purchases;

import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives fresh purchases the points they earn. */
final class EarnOnPurchase {

    private final Ledger ledger;
    private final Awards awards;

    EarnOnPurchase(TenantTx tx, Ledger ledger, ProgramHistory history, List<Fresh> fresh) {
        this.ledger = ledger;
        this.awards =
                Awards.open(
                        tx,
                        ledger,
                        history,
                        fresh.stream()
                                .flatMap(f -> Stream.ofNullable(f.row().memberId()))
                                .map(id -> id.uuid())
                                .distinct()
                                .toList());
    }

    /**
     * @return the points that each earned
     */
    Map<PurchaseId, Long> earn(List<Fresh> fresh) {
        Map<PurchaseId, Long> earned = new HashMap<>();
        for (Fresh one : fresh) {
            if (one.row().memberId() != null && ledger.has(one.row().memberId().uuid())) {
                earned.put(one.row().id(), earn(one, one.row().memberId().uuid()));
            }
        }
        awards.write();
        return earned;
    }

    private long earn(Fresh fresh, UUID member) {
        PurchaseDao.Row row = fresh.row();
        awards.active(member);
        EarningRules.Outcome outcome =
                awards.give(
                        member,
                        new Happening(
                                Occasion.PURCHASE,
                                row.purchasedAt(),
                                row.amount(),
                                fresh.items(),
                                row.location(),
                                false,
                                row.id().uuid(),
                                null));
        return outcome.awards().stream().mapToLong(EarningRules.Award::points).sum();
    }
}
