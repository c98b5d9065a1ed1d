package io.regulars.loyalty.purchases;

import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.tiers.TierView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase brought its buyer.
 *
 * @param pointsEnd when points without an end of their own end by now; null: never
 * @param tier as it is now; null where the program has none
 * @param stamps on cards that are not full, by card
 */
public record Brought(
        List<Lot> awards,
        @Nullable Instant pointsEnd,
        @Nullable TierView tier,
        Map<String, Long> stamps) {

    static final Brought NOTHING = new Brought(List.of(), null, null, Map.of());

    long points() {
        return awards.stream().mapToLong(Lot::points).sum();
    }
}
