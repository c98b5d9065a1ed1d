package io.regulars.loyalty.members;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.http.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A day of birth; many people will not give the year.
 *
 * @param year null where it was not given
 */
@Schema(
        type = "string",
        example = "1990-02-28",
        description = "ISO date, or --02-28 where the year is not given")
public record BirthDate(MonthDay day, @Nullable Integer year) {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final int EARLIEST_YEAR = 1900;

    /** What a day of birth looks like, for those who wrote another thing. */
    static final String FORM =
            "Must be a day of the calendar from "
                    + EARLIEST_YEAR
                    + " on, such as 1990-02-28, or --02-28 without the year.";

    /**
     * Reads {@code 1990-02-28} or {@code --02-28}; empty for what is no day, such as 30 February.
     */
    public static Optional<BirthDate> parse(String text) {
        try {
            if (text.startsWith("--")) {
                return Optional.of(new BirthDate(MonthDay.parse(text), null));
            }
            LocalDate date = LocalDate.parse(text, ISO);
            return date.getYear() < EARLIEST_YEAR
                    ? Optional.empty()
                    : Optional.of(new BirthDate(MonthDay.from(date), date.getYear()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * @throws Problem that says what a day of birth looks like
     */
    @JsonCreator
    static BirthDate fromJson(String text) {
        return parse(text).orElseThrow(() -> Problem.invalid("", "invalid_date", FORM));
    }

    /** Whether the whole date is known, and not there yet on this day. */
    boolean isAfter(LocalDate today) {
        return year != null && day.atYear(year).isAfter(today);
    }

    /** The birthday in this year; 29 February falls on the 28th in a common year. */
    public LocalDate birthdayIn(int inYear) {
        return day.atYear(inYear);
    }

    /** Completed years on this day; empty where the year of birth is not known. */
    public Optional<Integer> ageOn(LocalDate date) {
        if (year == null) {
            return Optional.empty();
        }
        int years = date.getYear() - year;
        return Optional.of(date.isBefore(birthdayIn(date.getYear())) ? years - 1 : years);
    }

    /** The next birthday on or after this day. */
    public LocalDate nextOnOrAfter(LocalDate date) {
        LocalDate thisYear = birthdayIn(date.getYear());
        return thisYear.isBefore(date)
                ? birthdayIn(Year.from(date).plusYears(1).getValue())
                : thisYear;
    }

    /** The same where 29 February is kept on 1 March in a common year. */
    LocalDate lastKeptOnOrAfter(LocalDate date) {
        LocalDate thisYear = lastKeptIn(date.getYear());
        return thisYear.isBefore(date) ? lastKeptIn(date.getYear() + 1) : thisYear;
    }

    private LocalDate lastKeptIn(int inYear) {
        return day.isValidYear(inYear) ? day.atYear(inYear) : Birthdays.ON_MAR_1.atYear(inYear);
    }

    @Override
    @JsonValue
    public String toString() {
        return year == null
                ? day.toString()
                : String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d",
                        year,
                        day.getMonthValue(),
                        day.getDayOfMonth());
    }
}
