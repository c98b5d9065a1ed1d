package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Years by number: of the calendar, or of a membership, whose first day is the joining day (of 29
 * February, the 28th in common years). A lifetime is one endless year. They begin at local
 * midnight.
 */
record Years(TierScheme.Window window, LocalDate joined, ZoneId zone) {

    int of(Instant moment) {
        LocalDate day = LocalTimes.day(moment, zone);
        return switch (window) {
            case CALENDAR_YEAR -> day.getYear();
            case MEMBERSHIP_YEAR -> {
                int year = day.getYear() - joined.getYear();
                yield day.isBefore(joined.plusYears(year)) ? year - 1 : year;
            }
            case LIFETIME, ROLLING_12_MONTHS -> 0;
        };
    }

    LocalDate firstDay(int year) {
        return window == TierScheme.Window.CALENDAR_YEAR
                ? LocalDate.of(year, 1, 1)
                : joined.plusYears(year);
    }

    /** The midnight that begins the year, so many days later. */
    Instant start(int year, int daysLater) {
        return firstDay(year).plusDays(daysLater).atStartOfDay(zone).toInstant();
    }
}
