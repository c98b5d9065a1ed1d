package io.regulars.engagement.campaigns;

import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * When a campaign that goes out at one local hour of every day is due, in each time zone in which
 * the shop has members. Pure.
 *
 * @param at the local hour
 */
record DailySlots(LocalTime at, Collection<ZoneId> zones) {

    /**
     * After an outage this many days are looked back on; what is older is long too late for a mail.
     */
    private static final int DAYS_BACK = 2;

    /**
     * One local day in one zone.
     *
     * @param dueAt when its mails may leave
     * @param notAfter when it is too late for them
     */
    record Slot(LocalDate day, ZoneId zone, Instant dueAt, Instant notAfter) {}

    /**
     * The slots whose hour has come by {@code now} and lies after {@code since}, the earliest
     * first.
     */
    List<Slot> due(Instant since, Instant now) {
        List<Slot> due = new ArrayList<>();
        for (ZoneId zone : zones) {
            LocalDate today = LocalTimes.day(now, zone);
            for (LocalDate day = today.minusDays(DAYS_BACK);
                    !day.isAfter(today);
                    day = day.plusDays(1)) {
                Slot slot = slot(day, zone);
                if (slot.dueAt().isAfter(since) && !slot.dueAt().isAfter(now)) {
                    due.add(slot);
                }
            }
        }
        due.sort(Comparator.comparing(Slot::dueAt).thenComparing(slot -> slot.zone().getId()));
        return due;
    }

    /** The first local day in this zone whose hour comes after {@code now}. */
    LocalDate nextDay(Instant now, ZoneId zone) {
        LocalDate day = LocalTimes.day(now, zone);
        while (!dueAt(day, zone).isAfter(now)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /** When the hour comes on this day. */
    Instant dueAt(LocalDate day, ZoneId zone) {
        return LocalTimes.at(day, at, zone);
    }

    private Slot slot(LocalDate day, ZoneId zone) {
        return new Slot(
                day, zone, dueAt(day, zone), LocalTimes.at(day, Campaign.Schedule.LATEST, zone));
    }
}
