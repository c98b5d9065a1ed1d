package io.regulars.loyalty.purchases;

import io.regulars.loyalty.purchases.PurchaseState.Allocation;
import io.regulars.loyalty.rewards.Basket;
import io.regulars.platform.db.ContentHash;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refund to be recorded.
 *
 * @param amount in minor units; null: that of the lines, or all that is left
 * @param lines which lines it is for; empty where nobody said
 * @param refundedAt null: now
 */
public record NewRefund(
        String refundId,
        @Nullable Long amount,
        List<Line> lines,
        @Nullable String reason,
        @Nullable Instant refundedAt) {

    private static final int LONGEST_REASON = 1_000;

    /**
     * A refunded line.
     *
     * @param quantity how many of its items came back; null where nobody said
     */
    public record Line(String lineId, @Nullable Integer quantity, long amount) {}

    public NewRefund {
        lines = List.copyOf(lines);
    }

    /** All that is left of a purchase. */
    public static NewRefund ofAll(String refundId) {
        return new NewRefund(refundId, null, List.of(), null, null);
    }

    /** What is wrong with it, seen alone. */
    List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        NewPurchase.text(errors, "/refund_id", refundId, 255);
        if (amount != null) {
            NewPurchase.amount(errors, "/amount", amount);
        }
        if (reason != null) {
            NewPurchase.text(errors, "/reason", reason, LONGEST_REASON);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            NewPurchase.amount(errors, "/lines/" + i + "/amount", line.amount());
            if (line.quantity() != null && line.quantity() < 1) {
                errors.add(
                        new FieldError("/lines/" + i + "/quantity", "out_of_range", "At least 1."));
            }
            if (seen.put(line.lineId(), i) != null) {
                errors.add(
                        new FieldError(
                                "/lines/" + i + "/line_id",
                                "duplicate_key",
                                "This line is there already."));
            }
        }
        return errors;
    }

    /**
     * What it takes from where.
     *
     * @throws Problem 422 where it is more than is left, or names a line that is not there
     */
    Allocation on(PurchaseState purchase) {
        if (lines.isEmpty() && amount == null) {
            return purchase.everything();
        }
        if (lines.isEmpty()) {
            long wanted = amount == null ? 0 : amount;
            requireLeft("/amount", wanted, purchase.left());
            return purchase.spread(wanted);
        }
        Map<String, Long> byLine = new HashMap<>();
        Map<String, PurchaseState.Returned> returned = new HashMap<>();
        long named = 0;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String at = "/lines/" + i;
            Optional<PurchaseState.LineState> there =
                    purchase.lines().stream()
                            .filter(l -> l.line().lineId().equals(line.lineId()))
                            .findFirst();
            if (there.isEmpty()) {
                throw Problem.invalid(
                        at + "/line_id", "unknown_line", "The purchase has no such line.");
            }
            requireLeft(at + "/amount", line.amount(), there.get().left());
            byLine.put(line.lineId(), line.amount());
            if (line.quantity() != null) {
                requireLeft(at + "/quantity", line.quantity(), there.get().returnable());
                returned.put(
                        line.lineId(), new PurchaseState.Returned(line.quantity(), line.amount()));
            }
            named = Math.addExact(named, line.amount());
        }
        long whole = amount == null ? named : amount;
        Optional<FieldError> beyond = Basket.linesBeyond("/amount", named, whole);
        if (beyond.isPresent()) {
            throw Problem.invalid(List.of(beyond.get()));
        }
        requireLeft("/amount", whole - named, purchase.leftWithoutLine());
        return new Allocation(whole, byLine, returned);
    }

    private static void requireLeft(String pointer, long wanted, long left) {
        if (wanted > left) {
            throw Problem.of(
                            ProblemType.REFUND_EXCEEDS_PURCHASE,
                            "Only " + left + " are left to be refunded here, not " + wanted + ".")
                    .at(pointer, "refund_exceeds_purchase")
                    .with("required", wanted)
                    .with("available", left);
        }
    }

    /** When it counts: never before its purchase, and never later than now. */
    Instant at(Instant purchasedAt, Instant now) {
        if (refundedAt == null || refundedAt.isAfter(now)) {
            return now;
        }
        return refundedAt.isBefore(purchasedAt) ? purchasedAt : refundedAt;
    }

    String contentHash() {
        return ContentHash.of(this);
    }
}
