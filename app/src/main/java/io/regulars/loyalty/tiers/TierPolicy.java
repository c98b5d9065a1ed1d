package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import java.time.Instant;
import java.util.List;

/**
 * Decides who holds which tier. Pure. Nothing but time and refunds lowers one, and time only when
 * it is judged: a purchase may come in before the night's work has.
 */
final class TierPolicy {

    private TierPolicy() {}

    /** The highest level that this value reaches. */
    static int rankOf(TierScheme scheme, long value) {
        int rank = 0;
        for (int i = 1; i < scheme.levels().size(); i++) {
            if (value >= scheme.levels().get(i).threshold()) {
                rank = i;
            }
        }
        return rank;
    }

    static Standing settled(
            Course course, Standing held, List<Fact> facts, Instant now, Cause cause) {
        Standing kept =
                switch (cause) {
                    case TIME -> course.pass(held, facts, now);
                    case PROGRAM -> course.promised(held, facts, now);
                    case PURCHASE, REFUND -> held;
                };
        return kept.orBetter(course.replay(facts, now));
    }

    /**
     * What a refund leaves.
     *
     * @param before what history came to with the refunded amounts
     * @param after what it comes to without them
     */
    static Standing afterRefund(Standing held, Standing before, Standing after) {
        // A tier better than what the refunded purchases supported was promised for another reason.
        boolean hungOnIt = held.rank() <= before.rank();
        return hungOnIt && after.isBelow(before) ? after : held;
    }
}
