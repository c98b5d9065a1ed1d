package io.regulars.loyalty.adjustments;

import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Earning;
import io.regulars.loyalty.ledger.Inactivity;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.program.ExpiryRules;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Program.Refunds.SpentPoints;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points that a shop gives away, and takes back where nobody was told of them. */
public final class GiftPoints {

    private static final String SOURCE = "campaign";

    private final Programs programs;

    public GiftPoints(Programs programs) {
        this.programs = programs;
    }

    /**
     * One member's gift.
     *
     * @param occurrence what it is given for; the same is given once
     */
    public record Gift(UUID member, String occurrence) {}

    /**
     * What each of them gets.
     *
     * @param validDays how many whole days the points hold; null for as long as others do
     * @param inputs for the explanation
     */
    public record Terms(long points, @Nullable Integer validDays, Map<String, Object> inputs) {}

    /**
     * Gives them, within the caller's transaction, like points that were earned: debt is repaid
     * first, the member's other points live on, tiers count them.
     *
     * @return when they end by themselves, exclusive; null where they have no end of their own
     */
    public @Nullable Instant give(TenantTx tx, List<Gift> gifts, Terms terms) {
        List<UUID> members = gifts.stream().map(Gift::member).toList();
        ProgramHistory history = programs.history(tx);
        ProgramHistory.Version version = history.inForceAt(tx.now());
        Program.Expiry expiry = version.program().expiryPolicy();
        ZoneId zone = tx.tenant().zone();
        Instant end =
                terms.validDays() == null
                        ? ExpiryRules.endOfLot(expiry, tx.now(), zone)
                        : midnightAfter(tx, terms.validDays());
        Map<String, Object> inputs = new HashMap<>(terms.inputs());
        if (terms.validDays() != null) {
            inputs.put(Earning.OWN_END, true);
        }
        Ledger ledger = Ledger.lock(tx, members);
        TierBook tiers = TierBook.open(tx, history, members);
        for (Gift gift : gifts) {
            new Inactivity(tx, ledger, expiry).isOver(gift.member());
            ledger.earn(
                    new Earning(
                            gift.member(),
                            terms.points(),
                            SOURCE,
                            null,
                            gift.occurrence(),
                            SOURCE,
                            version.number(),
                            inputs,
                            tx.now(),
                            tx.now(),
                            end));
            tiers.earned(gift.member(), tx.now(), terms.points());
            tiers.settle(ledger, gift.member(), Cause.PURCHASE);
        }
        ledger.write();
        Outbox.append(tx, tiers.events());
        return end;
    }

    /** Takes back what is left of gifts that were never told of. */
    public void takeBack(TenantTx tx, List<Gift> gifts) {
        List<UUID> members = gifts.stream().map(Gift::member).toList();
        Ledger ledger = Ledger.lock(tx, members).withOpenLots();
        TierBook tiers = TierBook.openForRefund(tx, programs.history(tx), members);
        for (Gift gift : gifts) {
            if (!ledger.has(gift.member())) {
                continue;
            }
            for (Lot lot : ledger.openAwardsOf(gift.member(), gift.occurrence())) {
                // Only its own: what the member has spent of it was a gift after all.
                long left = lot.remaining();
                ledger.reverse(
                        lot, left, SpentPoints.WITHIN_BALANCE, Map.of("unsent", true), tx.now());
                tiers.refunded(gift.member(), lot.earnedAt(), 0, left, false);
            }
            tiers.settle(ledger, gift.member(), Cause.REFUND);
        }
        ledger.write();
        Outbox.append(tx, tiers.events());
    }

    private static Instant midnightAfter(TenantTx tx, int days) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = tx.now().atZone(zone).toLocalDate();
        return today.plusDays(days + 1L).atStartOfDay(zone).toInstant();
    }
}
