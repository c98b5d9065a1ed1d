package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.tiers.TierView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase brought its buyer.
 *
 * @param tier as it is now; null where the program has none
 * @param stamps on cards that are not full, by card
 */
public record Brought(
        List<LedgerHistory.Entry> awards, @Nullable TierView tier, Map<String, Long> stamps) {

    static final Brought NOTHING = new Brought(List.of(), null, Map.of());

    long points() {
        return awards.stream().mapToLong(LedgerHistory.Entry::points).sum();
    }
}
