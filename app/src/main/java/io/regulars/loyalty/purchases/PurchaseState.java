package io.regulars.loyalty.purchases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A purchase and what has been refunded of it.
 *
 * @param lines in their order
 */
record PurchaseState(PurchaseDao.Row row, List<LineState> lines) {

    /**
     * Items of a line of which refunds said that they came back.
     *
     * @param amount what was refunded with them, in minor units
     */
    record Returned(int items, long amount) {

        static final Returned NOTHING = new Returned(0, 0);

        Returned and(Returned more) {
            return new Returned(items + more.items, amount + more.amount);
        }
    }

    /**
     * A line and what has been refunded of it.
     *
     * @param refunded in minor units, that of returned items included
     */
    record LineState(int lineNo, NewPurchase.Line line, long refunded, Returned returned) {

        static LineState untouched(int lineNo, NewPurchase.Line line) {
            return new LineState(lineNo, line, 0, Returned.NOTHING);
        }

        long left() {
            return line.amount() - refunded;
        }

        /**
         * How many items of it have come back: those of which refunds said so, and of what was
         * refunded without a word of items, as many as that would have paid for.
         */
        long piecesBack() {
            return RefundMath.piecesBack(line.quantity(), line.amount(), refunded, returned);
        }

        long piecesLeft() {
            return line.quantity() - piecesBack();
        }

        /**
         * How many items a refund may say came back. What was refunded without a word of items
         * leaves them all: it may have been a discount for something broken.
         */
        int returnable() {
            return line.amount() > 0 && left() == 0 ? 0 : line.quantity() - returned.items();
        }
    }

    PurchaseState {
        lines = List.copyOf(lines);
    }

    long left() {
        return row.amount() - row.refunded();
    }

    /** What is left of the part of the amount that no line names. */
    long leftWithoutLine() {
        return left() - lines.stream().mapToLong(LineState::left).sum();
    }

    boolean isWhole() {
        return row.refunded() == 0;
    }

    /** The state after one more refund. */
    PurchaseState after(Allocation refund) {
        List<LineState> after = new ArrayList<>();
        for (LineState line : lines) {
            after.add(
                    new LineState(
                            line.lineNo(),
                            line.line(),
                            line.refunded() + refund.ofLine(line.line().lineId()),
                            line.returned().and(refund.returnedOf(line.line().lineId()))));
        }
        return new PurchaseState(row.refundedBy(refund.amount()), after);
    }

    /**
     * What one refund takes from where.
     *
     * @param byLine by line id; what is not there comes off the part that no line names
     * @param returned by line id, the items that came back; what is not there was not said
     */
    record Allocation(long amount, Map<String, Long> byLine, Map<String, Returned> returned) {

        static Allocation ofMoney(long amount, Map<String, Long> byLine) {
            return new Allocation(amount, byLine, Map.of());
        }

        Returned returnedOf(String lineId) {
            return returned.getOrDefault(lineId, Returned.NOTHING);
        }

        long ofLine(String lineId) {
            return byLine.getOrDefault(lineId, 0L);
        }
    }

    /** All that is left. */
    Allocation everything() {
        Map<String, Long> byLine = new HashMap<>();
        lines.forEach(line -> byLine.put(line.line().lineId(), line.left()));
        return Allocation.ofMoney(left(), byLine);
    }

    /**
     * An amount of which nobody said what it is for: spread over what is left in proportion, each
     * share rounded down, and the rest on those with most left.
     */
    Allocation spread(long amount) {
        if (lines.isEmpty() || amount == 0) {
            return Allocation.ofMoney(amount, Map.of());
        }
        Map<String, Long> byLine = new HashMap<>();
        long rest = amount;
        for (LineState line : lines) {
            long share = RefundMath.undone(line.left(), left(), amount, false);
            byLine.put(line.line().lineId(), share);
            rest -= share;
        }
        long unnamed = RefundMath.undone(leftWithoutLine(), left(), amount, false);
        rest -= unnamed;
        List<LineState> byLeft =
                lines.stream().sorted((a, b) -> Long.compare(b.left(), a.left())).toList();
        for (LineState line : byLeft) {
            String id = line.line().lineId();
            long room = line.left() - byLine.getOrDefault(id, 0L);
            long more = Math.min(room, rest);
            byLine.merge(id, more, Long::sum);
            rest -= more;
        }
        return Allocation.ofMoney(amount, byLine);
    }
}
