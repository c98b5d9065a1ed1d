package io.regulars.loyalty.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Decides when points end. Pure. All ends are exclusive and lie at a local midnight. */
public final class ExpiryRules {

    private ExpiryRules() {}

    /**
     * The end of points earned or recorded at this moment; null where they have none of their own.
     */
    public static @Nullable Instant endOfLot(Program.Expiry expiry, Instant from, ZoneId zone) {
        return expiry.mode() == Program.Expiry.Mode.FIXED ? end(expiry, from, zone) : null;
    }

    /**
     * The end of all points without an end of their own, of a member who was last active at this
     * moment; null where inactivity ends nothing.
     */
    public static @Nullable Instant endOfAccount(
            Program.Expiry expiry, Instant activeAt, ZoneId zone) {
        return expiry.mode() == Program.Expiry.Mode.INACTIVITY ? end(expiry, activeAt, zone) : null;
    }

    /** A whole period later: never on the last day, but at the midnight that ends it. */
    private static Instant end(Program.Expiry expiry, Instant from, ZoneId zone) {
        LocalDate last = from.atZone(zone).toLocalDate().plusMonths(expiry.monthCount());
        LocalDate end = expiry.roundsUp() ? last.plusMonths(1).withDayOfMonth(1) : last.plusDays(1);
        return end.atStartOfDay(zone).toInstant();
    }
}
