package io.regulars.loyalty.members;

import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members by their birthday, for campaigns. */
public final class BirthdayAudience {

    private BirthdayAudience() {}

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
                           and (:after::uuid is null or id > :after) and id <= :fence
                         order by id limit :limit
                        """)
                .bindArray(
                        "months",
                        Short.class,
                        born.stream().map(d -> (short) d.getMonthValue()).toList())
                .bindArray(
                        "days",
                        Short.class,
                        born.stream().map(d -> (short) d.getDayOfMonth()).toList())
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
}
