package io.regulars.loyalty.members;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose birthday is kept on a day, and whether it counts again. Pure. */
public final class Birthdays {

    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);

    /** When a birthday of 29 February is kept in a common year. */
    public static final MonthDay ON_FEB_28 = MonthDay.of(2, 28);

    public static final MonthDay ON_MAR_1 = MonthDay.of(3, 1);

    /**
     * Two occurrences of one member lie at least a year less the leap day apart, however the date
     * was edited.
     */
    private static final int DAYS_BETWEEN = 364;

    private Birthdays() {}

    /**
     * The days of birth that are kept on this date.
     *
     * @param leapDayStand the day that stands for 29 February in a common year
     */
    public static List<MonthDay> keptOn(LocalDate date, MonthDay leapDayStand) {
        List<MonthDay> days = new ArrayList<>(List.of(MonthDay.from(date)));
        if (!date.isLeapYear() && MonthDay.from(date).equals(leapDayStand)) {
            days.add(LEAP_DAY);
        }
        return days;
    }

    /**
     * Whether this year's occasion was had already, under an earlier date.
     *
     * @param latest the latest one before
     */
    public static boolean wasHad(Optional<LocalDate> latest, LocalDate date) {
        return latest.isPresent() && latest.get().isAfter(date.minusDays(DAYS_BETWEEN));
    }
}
