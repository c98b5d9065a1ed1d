package io.regulars.engagement.churn;

import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that the model needs to know of one buyer.
 *
 * <p>Days count, not purchases: somebody who forgets the milk and comes back within the hour has
 * not come twice. A day is a day of the shop. What was paid does not matter: a purchase of zero,
 * such as a free coffee for a voucher, shows as well as a paid one that the buyer is still there.
 * The published figures for CDNOW count it too.
 *
 * @param repeats on how many days the buyer bought after the first one
 * @param lastRepeat weeks from the first day to the last one; zero if there is no other
 * @param age weeks from the first day until today
 */
public record Rhythm(int repeats, double lastRepeat, double age) {

    private static final double DAYS_A_WEEK = 7.0;

    public Rhythm {
        if (repeats < 0) {
            throw new IllegalArgumentException("repeats must not be below zero: " + repeats);
        }
        if (!(lastRepeat >= 0) || !(age >= lastRepeat) || Double.isInfinite(age)) {
            throw new IllegalArgumentException(
                    "a last repeat after " + lastRepeat + " weeks does not fit an age of " + age);
        }
        if (repeats == 0 && lastRepeat > 0) {
            throw new IllegalArgumentException("a last repeat without a repeat: " + lastRepeat);
        }
    }

    /**
     * From what a query can count.
     *
     * @param days on how many different days there was a purchase; at least 1
     * @param today the day that the silence is measured to
     */
    public static Rhythm ofDays(int days, LocalDate first, LocalDate last, LocalDate today) {
        return new Rhythm(days - 1, weeks(first, last), weeks(first, today));
    }

    /**
     * From the purchases themselves.
     *
     * @param zone whose days count: the shop's
     * @param today purchases after this day are not looked at
     * @return nothing for somebody who has not bought by then: there is no rhythm yet
     */
    public static Optional<Rhythm> of(Collection<Instant> purchases, ZoneId zone, LocalDate today) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (Instant purchase : purchases) {
            LocalDate day = LocalTimes.day(purchase, zone);
            if (!day.isAfter(today)) {
                days.add(day);
            }
        }
        return days.isEmpty()
                ? Optional.empty()
                : Optional.of(ofDays(days.size(), days.getFirst(), days.getLast(), today));
    }

    boolean isRepeatBuyer() {
        return repeats > 0;
    }

    private static double weeks(LocalDate from, LocalDate until) {
        return ChronoUnit.DAYS.between(from, until) / DAYS_A_WEEK;
    }
}
