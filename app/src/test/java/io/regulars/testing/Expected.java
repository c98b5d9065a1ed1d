package io.regulars.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who must get which of the four mission mails on which local date, recomputed from raw members and
 * purchases alone, day by day and in the plainest way: nothing here is taken from the service.
 */
public final class Expected {

    private final ZoneId shop;
    private final Instant from;
    private final Instant until;
    private final int silenceDays;

    /**
     * @param from when the campaigns were activated
     * @param until how far the clock was moved
     */
    public Expected(ZoneId shop, Instant from, Instant until, int silenceDays) {
        this.shop = shop;
        this.from = from;
        this.until = until;
        this.silenceDays = silenceDays;
    }

    /**
     * A member as the shop knows them.
     *
     * @param zone null: the shop's
     */
    public record Person(
            String email,
            @Nullable String birthDate,
            Instant joinedAt,
            @Nullable String zone,
            boolean consents,
            List<Instant> purchases) {}

    /** The hours at which the campaigns go out. */
    public record Hours(
            LocalTime birthday, LocalTime anniversary, LocalTime monthly, LocalTime winBack) {}

    /** Every mail as {@code kind local-date}, in the order of the dates. */
    public List<String> mails(Person person, Hours hours) {
        if (!person.consents() || isTooYoung(person)) {
            return List.of();
        }
        ZoneId zone = person.zone() == null ? shop : ZoneId.of(person.zone());
        List<String> mails = new ArrayList<>();
        TreeSet<LocalDate> missed = new TreeSet<>();
        LocalDate day = LocalDate.ofInstant(from, zone);
        while (!day.isAfter(LocalDate.ofInstant(until, zone))) {
            Instant since = from.isAfter(person.joinedAt()) ? from : person.joinedAt();
            boolean birthday =
                    falls(day, hours.birthday(), zone, since)
                            && isBirthday(person.birthDate(), day);
            boolean anniversary =
                    falls(day, hours.anniversary(), zone, since)
                            && isAnniversary(LocalDate.ofInstant(person.joinedAt(), zone), day);
            boolean monthly = falls(day, hours.monthly(), zone, since) && day.getDayOfMonth() == 1;
            if (birthday) {
                mails.add(day + " birthday");
            }
            if (anniversary) {
                mails.add(day + " anniversary");
            }
            if (monthly) {
                mails.add(day + " monthly_progress");
            }
            LocalDate lapse = lapse(person, day, hours.winBack(), zone);
            boolean givesWay =
                    (isMade(day, hours.birthday(), zone) && isBirthday(person.birthDate(), day))
                            || anniversary
                            || monthly;
            // Who gives way has not missed them yet: it comes on the next day that is free.
            if (falls(day, hours.winBack(), zone, since)
                    && lapse != null
                    && !givesWay
                    && missed.add(lapse)) {
                mails.add(day + " win_back");
            }
            day = day.plusDays(1);
        }
        return mails;
    }

    private boolean falls(LocalDate day, LocalTime hour, ZoneId zone, Instant since) {
        Instant at = day.atTime(hour).atZone(zone).toInstant();
        return at.isAfter(since) && !at.isAfter(until);
    }

    /** Whether it goes out on that day, be it after the end of the test. */
    private boolean isMade(LocalDate day, LocalTime hour, ZoneId zone) {
        return day.atTime(hour).atZone(zone).toInstant().isAfter(from);
    }

    private static boolean isBirthday(@Nullable String birthDate, LocalDate day) {
        return birthDate != null
                && recurs(MonthDay.parse("--" + birthDate.substring(birthDate.length() - 5)), day);
    }

    private static boolean isAnniversary(LocalDate joined, LocalDate day) {
        return day.getYear() > joined.getYear() && recurs(MonthDay.from(joined), day);
    }

    private static boolean recurs(MonthDay when, LocalDate day) {
        MonthDay kept =
                when.equals(MonthDay.of(2, 29)) && !day.isLeapYear() ? MonthDay.of(2, 28) : when;
        return MonthDay.from(day).equals(kept);
    }

    private static boolean isTooYoung(Person person) {
        String born = person.birthDate();
        return born != null
                && !born.startsWith("--")
                && Integer.parseInt(born.substring(0, 4)) > 2015;
    }

    /** The local day of the last purchase before this hour, if the silence since is long enough. */
    private @Nullable LocalDate lapse(Person person, LocalDate day, LocalTime hour, ZoneId zone) {
        Instant now = day.atTime(hour).atZone(zone).toInstant();
        LocalDate last = null;
        for (Instant purchase : person.purchases()) {
            LocalDate bought = LocalDate.ofInstant(purchase, zone);
            if (!purchase.isAfter(now) && (last == null || bought.isAfter(last))) {
                last = bought;
            }
        }
        return last != null && ChronoUnit.DAYS.between(last, day) >= silenceDays ? last : null;
    }
}
