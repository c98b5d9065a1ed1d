package io.regulars.loyalty.members;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When members' yearly days come, and whose come on a day. */
public final class OccasionDays {

    private static final UUID NO_FENCE = new UUID(-1L, -1L);

    private OccasionDays() {}

    /** The next day on which anybody has a birthday; a day on which nobody has may come before. */
    public static Optional<LocalDate> nextBirthday(TenantTx tx, LocalDate after) {
        Optional<MonthDay> next = nextBirthday(tx, MonthDay.from(after));
        if (next.isEmpty()) {
            return nextBirthday(tx, MonthDay.of(1, 1)).isPresent() || bornOnNewYear(tx)
                    ? Optional.of(LocalDate.of(after.getYear() + 1, 1, 1))
                    : Optional.empty();
        }
        LocalDate date = next.get().atYear(after.getYear());
        return Optional.of(date.isAfter(after) ? date : after.plusDays(1));
    }

    private static Optional<MonthDay> nextBirthday(TenantTx tx, MonthDay after) {
        return tx.query(
                        """
                        select birth_month, birth_day from <t>.member
                         where birth_month is not null and (birth_month, birth_day) > (:month, :day)
                         order by birth_month, birth_day limit 1
                        """)
                .bind("month", after.getMonthValue())
                .bind("day", after.getDayOfMonth())
                .map((row, context) ->
                        MonthDay.of(row.getInt("birth_month"), row.getInt("birth_day")))
                .findOne();
    }

    private static boolean bornOnNewYear(TenantTx tx) {
        return tx.query(
                        "select exists (select from <t>.member where birth_month = 1 and birth_day = 1)")
                .mapTo(boolean.class)
                .one();
    }

    /**
     * The next day on which anybody has an anniversary of joining, at most a month ahead; a day on
     * which nobody has may come before.
     */
    public static LocalDate nextAnniversary(TenantTx tx, LocalDate after, ZoneId zone) {
        LocalDate first = after.plusDays(1);
        LocalDate end = after.plusMonths(1);
        List<Instant> from = new ArrayList<>();
        List<Instant> to = new ArrayList<>();
        LocalDate opened = firstJoined(tx, zone);
        for (int years = 1; end.minusYears(years).isAfter(opened); years++) {
            from.add(first.minusYears(years).atStartOfDay(zone).toInstant());
            to.add(end.minusYears(years).atStartOfDay(zone).toInstant());
        }
        return tx
                .query(
                        """
                        select (select min(m.joined_at) from <t>.member m
                                 where m.joined_at >= d.since and m.joined_at < d.until) as joined_at
                          from unnest(:from, :to) as d (since, until)
                        """)
                .bindArray("from", Instant.class, from)
                .bindArray("to", Instant.class, to)
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "joined_at")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .map(joined -> comesRound(LocalTimes.day(joined, zone), first, end))
                .min(Comparator.naturalOrder())
                .orElse(end);
    }

    /**
     * The day's anniversary between these; else the first of them, for others may follow at once.
     */
    private static LocalDate comesRound(LocalDate joined, LocalDate first, LocalDate end) {
        int years = first.getYear() - joined.getYear();
        return Stream.of(joined.plusYears(years), joined.plusYears(years + 1L))
                .filter(day -> !day.isBefore(first) && day.isBefore(end))
                .findFirst()
                .orElse(first);
    }

    /** Members of one zone whose birthday this is and counts, in the order of their ids. */
    public static List<UUID> birthdays(
            TenantTx tx, LocalDate date, ZoneId zone, @Nullable UUID after, int limit) {
        return BirthdayAudience.batch(
                        tx,
                        Birthdays.keptOn(date, Birthdays.ON_FEB_28),
                        date,
                        zone,
                        after,
                        NO_FENCE,
                        limit)
                .stream()
                .map(member -> member.id().uuid())
                .toList();
    }

    /**
     * Members of one zone who joined on this day of an earlier year; who joined on 29 February has
     * the 28th in common years.
     */
    public static List<UUID> anniversaries(
            TenantTx tx, LocalDate date, ZoneId zone, @Nullable UUID after, int limit) {
        List<Instant> from = new ArrayList<>();
        List<Instant> to = new ArrayList<>();
        for (LocalDate joined : joiningDays(date, firstJoined(tx, zone))) {
            from.add(joined.atStartOfDay(zone).toInstant());
            to.add(joined.plusDays(1).atStartOfDay(zone).toInstant());
        }
        return tx.query(
                        """
                        select m.id from unnest(:from, :to) as d (since, until)
                          join <t>.member m on m.joined_at >= d.since and m.joined_at < d.until
                         where coalesce(m.time_zone, :shopZone) = :zone
                           and m.erased_at is null and m.merged_into is null
                           and m.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
                         order by m.id limit :limit
                        """)
                .bindArray("from", Instant.class, from)
                .bindArray("to", Instant.class, to)
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    private static LocalDate firstJoined(TenantTx tx, ZoneId zone) {
        return tx.query("select coalesce(min(joined_at), :now) as joined_at from <t>.member")
                .bind("now", tx.now())
                .map((row, context) -> Rows.instant(row, "joined_at").atZone(zone).toLocalDate())
                .one();
    }

    private static List<LocalDate> joiningDays(LocalDate date, LocalDate first) {
        List<LocalDate> days = new ArrayList<>();
        for (int years = 1; !date.minusYears(years).isBefore(first.minusDays(1)); years++) {
            LocalDate joined = date.minusYears(years);
            if (joined.plusYears(years).equals(date)) {
                days.add(joined);
            }
            LocalDate dayAfter = joined.plusDays(1);
            if (dayAfter.getDayOfMonth() == 29 && dayAfter.plusYears(years).equals(date)) {
                days.add(dayAfter);
            }
        }
        return days;
    }
}
