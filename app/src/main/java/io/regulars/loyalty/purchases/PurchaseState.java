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

    /** A line and what has been refunded of it, in minor units. */
    record LineState(int lineNo, NewPurchase.Line line, long refunded) {

        long left() {
            return line.amount() - refunded;
        }

        /** Whole pieces that are left, as refunds by amount count them. */
        long piecesLeft() {
            return line.quantity()
                    - RefundMath.calledBack(line.quantity(), line.amount(), refunded, false);
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
                            line.refunded() + refund.ofLine(line.line().lineId())));
        }
        return new PurchaseState(row.refundedBy(refund.amount()), after);
    }

    /**
     * What one refund takes from where.
     *
     * @param byLine by line id; what is not there comes off the part that no line names
     */
    record Allocation(long amount, Map<String, Long> byLine) {

        long ofLine(String lineId) {
            return byLine.getOrDefault(lineId, 0L);
        }
    }

    /** All that is left. */
    Allocation everything() {
        Map<String, Long> byLine = new HashMap<>();
        lines.forEach(line -> byLine.put(line.line().lineId(), line.left()));
        return new Allocation(left(), byLine);
    }

    /**
     * An amount of which nobody said what it is for: spread over what is left in proportion, each
     * share rounded down, and the rest on those with most left.
     */
    Allocation spread(long amount) {
        if (lines.isEmpty() || amount == 0) {
            return new Allocation(amount, Map.of());
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
        return new Allocation(amount, byLine);
    }
}
