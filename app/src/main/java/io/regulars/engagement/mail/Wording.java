package io.regulars.engagement.mail;

import io.regulars.loyalty.program.Program;
import io.regulars.platform.time.LocalTimes;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as members read them. */
record Wording(Program program, Locale locale, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** With their unit: {@code 1.250 điểm}. */
    String points(long points) {
        String unit = (points == 1 ? program.unit().one() : program.unit().many()).in(locale);
        return NumberFormat.getIntegerInstance(locale).format(points) + " " + unit;
    }

    /** A moment by somebody's own clock: {@code 09:30, 22 November 2026}. */
    String moment(Instant at, ZoneId theirs) {
        ZonedDateTime local = at.atZone(theirs);
        return local.format(TIME) + ", " + LocalTimes.longDate(local.toLocalDate(), locale);
    }

    /** The last day before this moment, which is exclusive. */
    String lastDay(Instant until) {
        return LocalTimes.longDate(until.atZone(zone).toLocalDate().minusDays(1), locale);
    }
}
