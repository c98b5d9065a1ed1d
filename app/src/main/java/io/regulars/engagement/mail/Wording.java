package io.regulars.engagement.mail;

import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.time.LocalTimes;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Figures as members read them.
 *
 * @param zone the reader's
 */
record Wording(Program program, Locale locale, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** With their unit: {@code 1.250 điểm}. */
    String points(long points) {
        String unit = (points == 1 ? program.unit().one() : program.unit().many()).in(locale);
        return NumberFormat.getIntegerInstance(locale).format(points) + " " + unit;
    }

    /** Points that end. */
    Map<String, String> ending(PointsView.Expiring part) {
        return Map.of("points", points(part.points()), "until", lastDay(part.at()));
    }

    /** A moment by the reader's own clock: {@code 09:30, 22 November 2026}. */
    String moment(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return local.format(TIME) + ", " + LocalTimes.longDate(local.toLocalDate(), locale);
    }

    /** What the program calls its points, when there are several. */
    String unit() {
        return program.unit().many().in(locale);
    }

    /** The last whole day before this moment, which is exclusive. */
    String lastDay(Instant until) {
        return LocalTimes.longDate(LocalTimes.lastDayBefore(until, zone), locale);
    }
}
