package io.regulars.loyalty.awards;

import io.regulars.loyalty.program.Occasion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a member did or had, and that may earn points.
 *
 * @param on as rules name it: {@code purchase}, {@code birthday}, {@code activity:review}
 * @param at when it happened
 * @param occurrence what makes it earn once only per member and rule; null where a natural key sees
 *     to that
 */
public record Happening(
        String on,
        Instant at,
        long amount,
        List<Occasion.Item> items,
        @Nullable String location,
        boolean isFirstPurchase,
        @Nullable UUID purchaseId,
        @Nullable String occurrence) {

    /** Something without money in it, such as a birthday. */
    public static Happening of(String on, Instant at, String occurrence) {
        return new Happening(on, at, 0, List.of(), null, false, null, occurrence);
    }

    /** What the ledger calls the source: {@code activity} for all activities. */
    String source() {
        int colon = on.indexOf(':');
        return colon < 0 ? on : on.substring(0, colon);
    }
}
