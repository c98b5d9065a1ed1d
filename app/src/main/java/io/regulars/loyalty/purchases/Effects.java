package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.stampcards.Stamped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase moved beside points; kept with it, so that a refund can undo it exactly.
 *
 * @param shares by rule, what it added to remainders of spending
 * @param refundedBefore by line id, and under {@code ""} in all, what had been refunded of it
 *     before somebody claimed it
 */
record Effects(
        @Nullable Map<String, EarningRules.Share> shares,
        @Nullable Map<String, Long> refundedBefore,
        @Nullable List<Stamped> stamped) {

    static final Effects NONE = new Effects(null, null, null);

    private static final String ALL = "";

    Map<String, EarningRules.Share> sharesOrNone() {
        return shares == null ? Map.of() : shares;
    }

    List<Stamped> stampedOrNone() {
        return stamped == null ? List.of() : stamped;
    }

    Effects with(Map<String, EarningRules.Share> earned, List<Stamped> stamps) {
        return new Effects(
                earned.isEmpty() ? null : earned, refundedBefore, stamps.isEmpty() ? null : stamps);
    }

    static Effects claimed(PurchaseState state) {
        if (state.row().refunded() == 0) {
            return NONE;
        }
        Map<String, Long> before = new HashMap<>();
        before.put(ALL, state.row().refunded());
        state.lines().forEach(line -> before.put(line.line().lineId(), line.refunded()));
        return new Effects(null, before, null);
    }

    /** What of these lines, or of all where none are named, was refunded after it earned. */
    long refundedOf(List<String> lines, PurchaseState state) {
        if (lines.isEmpty()) {
            return state.row().refunded() - before(ALL);
        }
        return state.lines().stream()
                .filter(line -> lines.contains(line.line().lineId()))
                .mapToLong(line -> line.refunded() - before(line.line().lineId()))
                .sum();
    }

    private long before(String key) {
        return refundedBefore == null ? 0 : refundedBefore.getOrDefault(key, 0L);
    }
}
