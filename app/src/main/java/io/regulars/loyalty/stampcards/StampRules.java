package io.regulars.loyalty.stampcards;

import io.regulars.loyalty.program.Program;
import java.util.List;
import java.util.Map;

/** Decides about stamps. Pure. */
final class StampRules {

    /** Cards that one purchase can fill; what is beyond stays on the card. */
    private static final long MOST_CARDS = 1_000;

    private StampRules() {}

    /** The items that stamp this card. What cost nothing is no purchase: so it does not. */
    static List<StampCards.Item> counted(Program.StampCard card, List<StampCards.Item> items) {
        return items.stream()
                .filter(item -> item.amount() > 0 && item.category() != null)
                .filter(item -> card.categoryKeys().contains(item.category()))
                .toList();
    }

    static long stamps(Program.StampCard card, long amount, List<StampCards.Item> counted) {
        if (card.categoryKeys().isEmpty()) {
            return amount > 0 ? 1 : 0;
        }
        return counted.stream().mapToLong(StampCards.Item::quantity).sum();
    }

    /** How many cards so many stamps fill; below zero they fill a hole first. */
    static long full(long stamps, int buys) {
        return Math.clamp(Math.floorDiv(stamps, (long) buys), 0, MOST_CARDS);
    }

    /**
     * How many stamps a refund takes off a card: one for each item that it brought back. Both are
     * the sums of all refunds, so any number of parts takes exactly the whole.
     */
    static long takenBack(Stamped stamped, StampCards.Refund refund) {
        if (stamped.lines().isEmpty()) {
            return part(1, refund.whole());
        }
        Map<String, StampCards.LineRefund> lines = refund.byLine();
        return stamped.lines().stream()
                .filter(lines::containsKey)
                .map(lines::get)
                .mapToLong(line -> line.after() - line.before())
                .sum();
    }

    private static long part(long stamps, StampCards.Refunded refunded) {
        return share(stamps, refunded.after(), refunded.of())
                - share(stamps, refunded.before(), refunded.of());
    }

    private static long share(long stamps, long refunded, long of) {
        return of == 0 ? 0 : Math.floorDiv(Math.multiplyExact(stamps, refunded), of);
    }
}
