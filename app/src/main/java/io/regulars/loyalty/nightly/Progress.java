package io.regulars.loyalty.nightly;

import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the nights' work has come.
 *
 * @param done the midnight of the last night that is done; null before the first
 * @param version the version of the program that everybody's tier and expiry have been brought to;
 *     0 before the first
 * @param night the night that is being worked on
 * @param days by time zone the last local day whose birthdays and anniversaries are done
 * @param day the local day that is being worked on
 */
record Progress(
        @Nullable Instant done,
        int version,
        @Nullable Night night,
        Map<String, LocalDate> days,
        @Nullable Day day) {

    private static final KeptValue<Progress> KEPT = KeptValue.of("nightly", Progress.class);

    private static final Progress NONE = new Progress(null, 0, null, Map.of(), null);

    /**
     * @param version of the program, in force when the night began
     * @param cursor the last member done in this step
     */
    record Night(Instant midnight, int version, Step step, @Nullable UUID cursor) {

        Night after(UUID member) {
            return new Night(midnight, version, step, member);
        }

        Optional<Night> next() {
            return step.next().map(then -> new Night(midnight, version, then, null));
        }
    }

    /**
     * @param occasion {@code birthday} or {@code anniversary}
     */
    record Day(String zone, LocalDate date, String occasion, @Nullable UUID cursor) {}

    /** The order of the night. */
    enum Step {
        AVAILABLE,
        TIERS,
        EXPIRY,
        RECOMPUTE,
        WARN;

        Optional<Step> next() {
            return switch (this) {
                case AVAILABLE -> Optional.of(TIERS);
                case TIERS -> Optional.of(EXPIRY);
                case EXPIRY -> Optional.of(RECOMPUTE);
                case RECOMPUTE -> Optional.of(WARN);
                case WARN -> Optional.empty();
            };
        }
    }

    static Progress of(TenantTx tx) {
        return KEPT.find(tx).orElse(NONE);
    }

    /** Nothing is done yet. */
    static void forget(TenantTx tx) {
        NONE.save(tx);
    }

    void save(TenantTx tx) {
        KEPT.put(tx, this);
    }

    Progress at(@Nullable Night newNight) {
        return new Progress(done, version, newNight, days, day);
    }

    Progress finished(Night last) {
        return new Progress(last.midnight(), last.version(), null, days, day);
    }

    Progress at(Day newDay) {
        return new Progress(done, version, night, days, newDay);
    }

    Progress finished(String zone, LocalDate date) {
        Map<String, LocalDate> newDays = new TreeMap<>(days);
        newDays.put(zone, date);
        return new Progress(done, version, night, newDays, null);
    }

    Instant doneOr(Instant other) {
        return done == null ? other : done;
    }
}
