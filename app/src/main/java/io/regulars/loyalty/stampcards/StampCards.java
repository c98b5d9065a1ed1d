package io.regulars.loyalty.stampcards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stamps on a ledger that holds the member's account and that the caller writes; within the
 * caller's transaction.
 */
public final class StampCards {

    private StampCards() {}

    /**
     * A purchase that may stamp cards.
     *
     * @param amount what was paid, in minor units
     */
    public record Bought(UUID purchaseId, long amount, List<Item> items) {}

    /**
     * A line of it.
     *
     * @param amount the line's total, in minor units
     */
    public record Item(String lineId, @Nullable String category, long quantity, long amount) {}

    /** How much of something was refunded before, and is now, in minor units. */
    public record Refunded(long of, long before, long after) {}

    /** How many items of a line had come back before, and have now. */
    public record LineRefund(String lineId, long before, long after) {}

    /**
     * A refund.
     *
     * @param whole of the purchase's amount
     */
    public record Refund(Refunded whole, List<LineRefund> lines) {

        Map<String, LineRefund> byLine() {
            return lines.stream()
                    .collect(Collectors.toMap(LineRefund::lineId, Function.identity()));
        }
    }

    /**
     * What a refund took.
     *
     * @param stamps taken off, by card
     * @param cancelled the vouchers that went with them
     */
    public record Unstamped(Map<String, Long> stamps, List<UUID> cancelled) {}

    /**
     * Stamps the cards of the program on which this purchase counts; a full card becomes a voucher,
     * and what is over stays on the card.
     *
     * @return what it did on each card it touched; to be kept for {@link #unstamp}
     */
    public static List<Stamped> stamp(
            TenantTx tx, Ledger ledger, Program program, MemberId member, Bought bought) {
        Map<String, Long> stamps = new HashMap<>(ledger.account(member.uuid()).stamps());
        List<Stamped> done = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Program.StampCard card : program.stampCards()) {
            List<Item> counted = StampRules.counted(card, bought.items());
            long given = StampRules.stamps(card, bought.amount(), counted);
            Optional<Reward> reward = program.reward(card.reward());
            if (given == 0 || reward.isEmpty()) {
                continue;
            }
            long sum = Math.addExact(stamps.getOrDefault(card.key(), 0L), given);
            long full = StampRules.full(sum, card.buys());
            stamps.put(card.key(), sum - full * card.buys());
            List<UUID> vouchers = give(tx, member, reward.get(), full, bought.purchaseId());
            if (!vouchers.isEmpty()) {
                events.add(
                        new Event.StampCardCompleted(member.uuid(), card.key(), vouchers.size()));
            }
            boolean byLine = !card.categoryKeys().isEmpty();
            done.add(
                    new Stamped(
                            card.key(),
                            card.reward(),
                            card.buys(),
                            given,
                            byLine ? counted.stream().map(Item::lineId).toList() : List.of(),
                            vouchers));
        }
        keep(ledger, member, stamps);
        Outbox.append(tx, events);
        return done;
    }

    /**
     * Takes off what a refund undoes. Where the card has fewer stamps, a voucher that it gave and
     * nobody has used becomes stamps again; a used one leaves a hole that the next purchases fill.
     *
     * @param stamped what {@link #stamp} answered for the purchase
     */
    public static Unstamped unstamp(
            TenantTx tx, Ledger ledger, MemberId member, List<Stamped> stamped, Refund refund) {
        Map<String, Long> stamps = new HashMap<>(ledger.account(member.uuid()).stamps());
        Map<String, Long> taken = new HashMap<>();
        List<UUID> cancelled = new ArrayList<>();
        for (Stamped one : stamped) {
            long back = StampRules.takenBack(one, refund);
            if (back == 0) {
                continue;
            }
            long left = stamps.getOrDefault(one.card(), 0L) - back;
            List<UUID> vouchers = left < 0 ? cancel(tx, member, one, -left) : List.of();
            stamps.put(one.card(), left + (long) vouchers.size() * one.buys());
            taken.merge(one.card(), back, Long::sum);
            cancelled.addAll(vouchers);
        }
        keep(ledger, member, stamps);
        return new Unstamped(Map.copyOf(taken), List.copyOf(cancelled));
    }

    private static List<UUID> give(
            TenantTx tx, MemberId member, Reward reward, long full, UUID purchaseId) {
        return Vouchers.issue(
                        tx,
                        Collections.nCopies((int) full, member),
                        reward,
                        null,
                        Vouchers.STAMP_CARD,
                        purchaseId)
                .stream()
                .map(Vouchers.Issued::id)
                .toList();
    }

    /**
     * As many as fill the hole: those of any purchase, for each stamp has a part in the next one.
     */
    private static List<UUID> cancel(TenantTx tx, MemberId member, Stamped one, long missing) {
        return Vouchers.cancelUnused(
                tx,
                List.of(member.uuid()),
                Vouchers.STAMP_CARD,
                voucher -> voucher.reward().equals(one.reward()),
                Math.ceilDiv(missing, (long) one.buys()));
    }

    private static void keep(Ledger ledger, MemberId member, Map<String, Long> stamps) {
        stamps.values().removeIf(count -> count == 0);
        ledger.stamps(member.uuid(), stamps);
    }
}
