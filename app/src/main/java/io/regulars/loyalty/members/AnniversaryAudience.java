package io.regulars.loyalty.members;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members by the day on which they joined, for campaigns. Days are those of the member's zone. */
public final class AnniversaryAudience {

    private AnniversaryAudience() {}

    /** The day on which the shop's first member joined. */
    public static Optional<LocalDate> first(TenantTx tx, ZoneId zone) {
        return tx.query("select min(joined_at) as first from <t>.member")
                .map((row, context) -> Optional.ofNullable(Rows.instantOrNull(row, "first")))
                .one()
                .map(moment -> LocalTimes.day(moment, zone));
    }

    /** Whether a batch would have anybody in it. */
    public static boolean isAnybody(TenantTx tx, List<LocalDate> joined, ZoneId zone) {
        return tx.query(
                        """
                        select exists (
                          select from unnest(:from, :until) as d (since, until)
                            join <t>.member m on m.joined_at >= d.since and m.joined_at < d.until
                           where coalesce(m.time_zone, :shopZone) = :zone
                             and m.erased_at is null and m.merged_into is null)
                        """)
                .bindArray("from", Instant.class, starts(joined, zone, day -> day))
                .bindArray("until", Instant.class, starts(joined, zone, day -> day.plusDays(1)))
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .mapTo(boolean.class)
                .one();
    }

    /**
     * The first day of the calendar, from this one on, on which anybody of this zone joined in
     * whatever year.
     */
    public static Optional<MonthDay> firstInCalendar(TenantTx tx, MonthDay from, ZoneId zone) {
        return tx.query(
                        """
                        select month, day
                          from (select extract(month from joined_at at time zone :zone) as month,
                                       extract(day from joined_at at time zone :zone) as day
                                  from <t>.member
                                 where coalesce(time_zone, :shopZone) = :zone
                                   and erased_at is null and merged_into is null) as joined
                         where (month, day) >= (:month, :day)
                         order by month, day limit 1
                        """)
                .bind("month", from.getMonthValue())
                .bind("day", from.getDayOfMonth())
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .map((row, context) -> MonthDay.of(row.getInt("month"), row.getInt("day")))
                .findOne();
    }

    /**
     * A batch of members of one zone who joined on one of these days, in the order of their ids.
     *
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<UUID> batch(
            TenantTx tx,
            List<LocalDate> joined,
            ZoneId zone,
            @Nullable UUID after,
            UUID fence,
            int limit) {
        return tx.query(
                        """
                        select m.id from unnest(:from, :until) as d (since, until)
                          join <t>.member m on m.joined_at >= d.since and m.joined_at < d.until
                         where coalesce(m.time_zone, :shopZone) = :zone
                           and m.erased_at is null and m.merged_into is null
                           and m.id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and m.id <= :fence
                         order by m.id limit :limit
                        """)
                .bindArray("from", Instant.class, starts(joined, zone, day -> day))
                .bindArray("until", Instant.class, starts(joined, zone, day -> day.plusDays(1)))
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    private static List<Instant> starts(
            List<LocalDate> days, ZoneId zone, Function<LocalDate, LocalDate> which) {
        return days.stream().map(day -> which.apply(day).atStartOfDay(zone).toInstant()).toList();
    }
}
