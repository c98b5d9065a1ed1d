package io.regulars.engagement.campaigns;

import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** A kind for a day of each member's own that comes round every year. */
interface YearlyKind extends CampaignKind {

    /** The first day of the calendar, from this one on, that is some member's. */
    Optional<MonthDay> firstDay(TenantTx tx, MonthDay from, ZoneId zone);

    @Override
    default Set<String> fields() {
        return Set.of("at", "days_before", "leap_day");
    }

    @Override
    default Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        return YearlyDays.next(
                        from.plusDays(definition.daysBefore()),
                        definition.leapDay(),
                        day -> firstDay(tx, day, zone))
                .map(day -> day.minusDays(definition.daysBefore()));
    }
}
