package io.regulars.loyalty.members;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Members by their birthday, for campaigns. */
public final class BirthdayAudience {

    private BirthdayAudience() {}

    /** Whether a batch would have anybody in it. */
    public static boolean isAnybody(TenantTx tx, List<MonthDay> born, LocalDate date, ZoneId zone) {
        return tx.query(
                        """
                        select exists (
                          select from <t>.member
                           where (birth_month, birth_day) in (select * from unnest(:months, :days))
                             and coalesce(time_zone, :shopZone) = :zone
                             and (birthday_counts_from is null or birthday_counts_from <= :date))
                        """)
                .bindArray("months", Short.class, parts(born, MonthDay::getMonthValue))
                .bindArray("days", Short.class, parts(born, MonthDay::getDayOfMonth))
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("date", date)
                .mapTo(boolean.class)
                .one();
    }

    /**
     * The first day of birth in the calendar, from this one on, of anybody in this zone. Whether it
     * counts already this year is not asked.
     */
    public static Optional<MonthDay> firstBorn(TenantTx tx, MonthDay from, ZoneId zone) {
        return tx.query(
                        """
                        select birth_month, birth_day from <t>.member
                         where birth_month is not null and (birth_month, birth_day) >= (:month, :day)
                           and coalesce(time_zone, :shopZone) = :zone
                         order by birth_month, birth_day limit 1
                        """)
                .bind("month", from.getMonthValue())
                .bind("day", from.getDayOfMonth())
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .map((row, context) ->
                        MonthDay.of(row.getInt("birth_month"), row.getInt("birth_day")))
                .findOne();
    }

    /**
     * A batch of members of one zone who were born on one of these days, in the order of their ids.
     *
     * @param date the birthday in this year; members for whom it does not count yet are left out
     * @param after the last one of the batch before
     * @param fence members above it joined too late for this round
     */
    public static List<BirthdayMember> batch(
            TenantTx tx,
            List<MonthDay> born,
            LocalDate date,
            ZoneId zone,
            @Nullable UUID after,
            UUID fence,
            int limit) {
        return tx.query(
                        """
                        select id, birth_month, birth_day, birth_year, marketing_email, email, locale
                          from <t>.member
                         where (birth_month, birth_day) in (select * from unnest(:months, :days))
                           and coalesce(time_zone, :shopZone) = :zone
                           and (birthday_counts_from is null or birthday_counts_from <= :date)
                           and merged_into is null and erased_at is null
                           and id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and id <= :fence
                         order by id limit :limit
                        """)
                .bindArray("months", Short.class, parts(born, MonthDay::getMonthValue))
                .bindArray("days", Short.class, parts(born, MonthDay::getDayOfMonth))
                .bind("shopZone", tx.tenant().zone().getId())
                .bind("zone", zone.getId())
                .bind("date", date)
                .bind("after", after)
                .bind("fence", fence)
                .bind("limit", limit)
                .map((row, context) ->
                        new BirthdayMember(
                                new MemberId(Rows.uuid(row, "id")),
                                new BirthDate(
                                        MonthDay.of(
                                                row.getInt("birth_month"), row.getInt("birth_day")),
                                        Rows.intOrNull(row, "birth_year")),
                                row.getBoolean("marketing_email"),
                                Rows.textOrNull(row, "email"),
                                Rows.textOrNull(row, "locale")))
                .list();
    }

    private static List<Short> parts(List<MonthDay> days, ToIntFunction<MonthDay> part) {
        return days.stream().map(day -> (short) part.applyAsInt(day)).toList();
    }
}
