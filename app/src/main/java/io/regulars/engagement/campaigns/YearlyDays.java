package io.regulars.engagement.campaigns;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Days that come round every year, 29 February among them. Pure. */
final class YearlyDays {

    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);
    private static final MonthDay NEW_YEAR = MonthDay.of(1, 1);

    private YearlyDays() {}

    /** The days that are kept on this date: 29 February falls on another one in a common year. */
    static List<MonthDay> keptOn(LocalDate date, Campaign.LeapDay leapDay) {
        List<MonthDay> days = new ArrayList<>(List.of(MonthDay.from(date)));
        if (!date.isLeapYear() && MonthDay.from(date).equals(standIn(leapDay))) {
            days.add(LEAP_DAY);
        }
        return days;
    }

    /** The dates, from the first one on and in years before, that are kept on this date. */
    static List<LocalDate> keptOn(LocalDate date, Campaign.LeapDay leapDay, LocalDate first) {
        List<LocalDate> dates = new ArrayList<>();
        for (int year = date.getYear() - 1; year >= first.getYear(); year--) {
            for (MonthDay day : keptOn(date, leapDay)) {
                if (day.isValidYear(year)) {
                    dates.add(day.atYear(year));
                }
            }
        }
        return dates;
    }

    /**
     * The first date, from this one on, on which one of the days is kept.
     *
     * @param from finds the first such day in the calendar, from a day on
     */
    static Optional<LocalDate> next(
            LocalDate date, Campaign.LeapDay leapDay, Function<MonthDay, Optional<MonthDay>> from) {
        MonthDay first = Collections.min(keptOn(date, leapDay));
        return from.apply(first)
                .map(day -> in(date.getYear(), day, leapDay))
                .or(() -> from.apply(NEW_YEAR).map(day -> in(date.getYear() + 1, day, leapDay)));
    }

    private static LocalDate in(int year, MonthDay day, Campaign.LeapDay leapDay) {
        return day.isValidYear(year) ? day.atYear(year) : standIn(leapDay).atYear(year);
    }

    private static MonthDay standIn(Campaign.LeapDay leapDay) {
        return leapDay == Campaign.LeapDay.FEB_28 ? MonthDay.of(2, 28) : MonthDay.of(3, 1);
    }
}
