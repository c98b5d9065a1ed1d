package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.AllMembers;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All members, once a month. */
final class MonthlyProgressCampaign implements CampaignKind {

    private static final int LAST_DAY = 31;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.MONTHLY_PROGRESS;
    }

    @Override
    public String message() {
        return "monthly_progress";
    }

    @Override
    public Set<String> fields() {
        return Set.of("at", "day_of_month");
    }

    @Override
    public boolean canComeLater() {
        return true;
    }

    @Override
    public void check(Campaign.Schedule schedule, List<FieldError> errors) {
        Integer day = schedule.dayOfMonth();
        if (day != null && (day < 1 || day > LAST_DAY)) {
            errors.add(
                    new FieldError(
                            "/schedule/day_of_month",
                            "out_of_range",
                            "Must be 1 to 31; a month without that day has its last day instead."));
        }
    }

    @Override
    public LocalDate nextDay(Campaign.Definition definition, LocalDate from) {
        LocalDate day = in(YearMonth.from(from), definition);
        return day.isBefore(from) ? in(YearMonth.from(from).plusMonths(1), definition) : day;
    }

    private static LocalDate in(YearMonth month, Campaign.Definition definition) {
        return month.atDay(Math.min(definition.dayOfMonth(), month.lengthOfMonth()));
    }

    @Override
    public Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        return AllMembers.isAnybody(tx, zone)
                ? Optional.of(nextDay(definition, from))
                : Optional.empty();
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        return isTheDay(round) && AllMembers.isAnybody(tx, round.zone());
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        return Slice.of(
                AllMembers.batch(
                        tx, round.zone(), position.after(), position.fence(), position.limit()),
                YearMonth.from(round.day()).toString(),
                position);
    }

    @Override
    public Optional<String> occurrence(Round round, Member member) {
        return isTheDay(round)
                ? Optional.of(YearMonth.from(round.day()).toString())
                : Optional.empty();
    }

    private boolean isTheDay(Round round) {
        return nextDay(round.definition(), round.day()).equals(round.day());
    }
}
