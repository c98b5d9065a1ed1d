package io.regulars.edge.reports;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole days of the shop, both named ones included.
 *
 * @param zone the shop's
 */
record Period(LocalDate from, LocalDate to, ZoneId zone) {

    private static final int MOST_YEARS = 20;

    /** What is asked for; the twelve months up to today where nothing is. */
    static Period of(TenantTx tx, @Nullable String from, @Nullable String to) {
        ZoneId zone = tx.tenant().zone();
        LocalDate today = tx.now().atZone(zone).toLocalDate();
        List<FieldError> errors = new ArrayList<>();
        LocalDate last = day("?to", to, today, errors);
        LocalDate first = day("?from", from, last.minusMonths(11).withDayOfMonth(1), errors);
        if (errors.isEmpty() && first.isAfter(last)) {
            errors.add(new FieldError("?from", "out_of_range", "Must not be after to."));
        }
        if (errors.isEmpty() && first.plusYears(MOST_YEARS).isBefore(last)) {
            errors.add(
                    new FieldError(
                            "?from",
                            "out_of_range",
                            "Must not be over " + MOST_YEARS + " years before to."));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Period(first, last, zone);
    }

    private static LocalDate day(
            String pointer, @Nullable String text, LocalDate usual, List<FieldError> errors) {
        if (text == null) {
            return usual;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1970 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // said below
        }
        errors.add(new FieldError(pointer, "invalid_date", "Must be a date such as 2026-01-31."));
        return usual;
    }

    Instant start() {
        return from.atStartOfDay(zone).toInstant();
    }

    /** Exclusive. */
    Instant end() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** As many days, just before. */
    Period before() {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        return new Period(from.minusDays(days), from.minusDays(1), zone);
    }
}
