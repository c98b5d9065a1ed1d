package io.regulars.demo;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where it is day now. Birthday mails leave at an hour of the shop's own day and never in its
 * night, so a demo started in Vietnam's night opens its shop elsewhere.
 */
final class ShopHours {
    /** So long may making and activating the campaign take. */
    private static final int ACTIVATION_SECONDS = 12;

    private static final LocalTime MORNING = LocalTime.of(7, 0);
    private static final LocalTime EVENING = LocalTime.of(20, 50);

    /** After this the mails could no longer leave before 21:00. */
    private static final LocalTime LAST_CALL = LocalTime.of(20, 56);

    /** In order of preference; between them it is day somewhere at every hour of the year. */
    private static final List<ZoneId> ZONES =
            List.of(
                    ZoneId.of("Asia/Ho_Chi_Minh"),
                    ZoneId.of("Europe/Paris"),
                    ZoneId.of("America/New_York"),
                    ZoneId.of("Pacific/Auckland"));

    private ShopHours() {}

    static ZoneId home() {
        return ZONES.getFirst();
    }

    static ZoneId zoneInDaylight(Instant now) {
        return ZONES.stream().filter(zone -> isDay(now, zone)).findFirst().orElse(home());
    }

    /**
     * The next minute, or the one after if that is too near: an hour that has passed when the
     * campaign is activated counts from tomorrow.
     */
    static LocalTime soon(Instant now, ZoneId zone) {
        return now.plusSeconds(ACTIVATION_SECONDS)
                .atZone(zone)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1)
                .toLocalTime();
    }

    static boolean stillToday(LocalTime at) {
        return !at.isBefore(MORNING) && !at.isAfter(LAST_CALL);
    }

    private static boolean isDay(Instant now, ZoneId zone) {
        LocalTime local = now.atZone(zone).toLocalTime();
        return !local.isBefore(MORNING) && !local.isAfter(EVENING);
    }
}
