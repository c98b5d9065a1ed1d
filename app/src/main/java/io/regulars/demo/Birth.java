package io.regulars.demo;

import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/** A birthday, with or without its year, spelled as the API spells it. */
public record Birth(@Nullable Integer year, MonthDay day) {

    static Birth on(LocalDate date) {
        return new Birth(date.getYear(), MonthDay.from(date));
    }

    Birth withoutYear() {
        return new Birth(null, day);
    }

    /** 29 February counts as 28 February in common years. */
    boolean fallsOn(LocalDate today) {
        return day.atYear(today.getYear()).equals(today);
    }

    @Override
    public String toString() {
        return year == null ? day.toString() : day.atYear(year).toString();
    }
}
