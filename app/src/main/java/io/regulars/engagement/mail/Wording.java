package io.regulars.engagement.mail;

import io.regulars.loyalty.program.Program;
import io.regulars.platform.time.LocalTimes;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/** Figures as members read them. */
record Wording(Program program, Locale locale, ZoneId zone) {

    /** With their unit: {@code 1.250 điểm}. */
    String points(long points) {
        String unit = (points == 1 ? program.unit().one() : program.unit().many()).in(locale);
        return NumberFormat.getIntegerInstance(locale).format(points) + " " + unit;
    }

    /** The last day before this moment, which is exclusive. */
    String lastDay(Instant until) {
        return LocalTimes.longDate(until.atZone(zone).toLocalDate().minusDays(1), locale);
    }
}
