package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.BirthdayMember;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who has a birthday on a day, and who of them gets a mail. Pure. */
final class BirthdayRule {

    /**
     * Two birthdays of one member lie at least a year less the leap day apart, however the date was
     * edited.
     */
    static final int DAYS_BETWEEN = 364;

    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);
    private static final MonthDay NEW_YEAR = MonthDay.of(1, 1);

    private BirthdayRule() {}

    /** What becomes of one member. */
    sealed interface Decision {

        /** Gets the mail and its offer. */
        record Send() implements Decision {}

        /** Said no, or never said yes: counted only, nothing is kept of it. */
        record NoConsent() implements Decision {}

        /** Had this birthday already, under an earlier date. */
        record HadIt() implements Decision {}

        /** Gets none, for a reason that is kept. */
        record Skip(String reason) implements Decision {}
    }

    /**
     * The days of birth that are kept on this date: 29 February falls on another one in a common
     * year.
     */
    static List<MonthDay> daysOfBirth(LocalDate date, Campaign.LeapDay leapDay) {
        List<MonthDay> days = new ArrayList<>(List.of(MonthDay.from(date)));
        if (!date.isLeapYear() && MonthDay.from(date).equals(standIn(leapDay))) {
            days.add(LEAP_DAY);
        }
        return days;
    }

    /**
     * The first birthday on or after a date.
     *
     * @param born finds the first day of birth in a year, from a day on, that anybody has
     */
    static Optional<LocalDate> next(
            LocalDate from, Campaign.LeapDay leapDay, Function<MonthDay, Optional<MonthDay>> born) {
        MonthDay first = Collections.min(daysOfBirth(from, leapDay));
        return born.apply(first)
                .map(day -> keptOn(day, from.getYear(), leapDay))
                .or(() ->
                        born.apply(NEW_YEAR).map(day -> keptOn(day, from.getYear() + 1, leapDay)));
    }

    private static LocalDate keptOn(MonthDay born, int year, Campaign.LeapDay leapDay) {
        return born.isValidYear(year) ? born.atYear(year) : standIn(leapDay).atYear(year);
    }

    private static MonthDay standIn(Campaign.LeapDay leapDay) {
        return leapDay == Campaign.LeapDay.FEB_28 ? MonthDay.of(2, 28) : MonthDay.of(3, 1);
    }

    /**
     * Decides for a member whose birthday is on {@code birthday}.
     *
     * @param latestBefore the latest birthday before for which the member was not passed over
     * @param minimumAge below it nobody is written to
     */
    static Decision decide(
            BirthdayMember member,
            LocalDate birthday,
            Optional<LocalDate> latestBefore,
            int minimumAge) {
        if (latestBefore.isPresent()
                && latestBefore.get().isAfter(birthday.minusDays(DAYS_BETWEEN))) {
            return new Decision.HadIt();
        }
        if (!member.marketingEmail()) {
            return new Decision.NoConsent();
        }
        if (member.email() == null) {
            return new Decision.Skip("no_address");
        }
        boolean tooYoung =
                member.birthDate().ageOn(birthday).map(age -> age < minimumAge).orElse(false);
        return tooYoung ? new Decision.Skip("too_young") : new Decision.Send();
    }
}
