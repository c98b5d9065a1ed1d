package io.regulars.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Local times of day as moments, with daylight saving decided once for the whole house. */
public final class LocalTimes {

    private LocalTimes() {}

    /**
     * The moment of this local time. A time that a change to summer time skips is moved on by the
     * length of the gap; of a time that comes twice in autumn, the first counts.
     */
    public static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
        return day.atTime(time).atZone(zone).toInstant();
    }

    public static LocalDate day(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toLocalDate();
    }

    /** The last day by this zone's clock that is over when the moment comes. */
    public static LocalDate lastDayBefore(Instant moment, ZoneId zone) {
        return day(moment, zone).minusDays(1);
    }

    /** A date as it is written out in this language, such as {@code 22 tháng 11, 2026}. */
    public static String longDate(LocalDate date, Locale locale) {
        String pattern =
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        FormatStyle.LONG, null, IsoChronology.INSTANCE, locale);
        return DateTimeFormatter.ofPattern(pattern, locale).format(date);
    }
}
