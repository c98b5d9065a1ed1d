package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.AnniversaryAudience;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Members who joined on this day of an earlier year, by the calendar of the member's zone. */
final class AnniversaryCampaign implements YearlyKind {

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.ANNIVERSARY;
    }

    @Override
    public String message() {
        return "anniversary";
    }

    @Override
    public Optional<MonthDay> firstDay(TenantTx tx, MonthDay from, ZoneId zone) {
        return AnniversaryAudience.firstInCalendar(tx, from, zone);
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        return AnniversaryAudience.isAnybody(tx, joined(tx, round), round.zone());
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        return Slice.of(
                AnniversaryAudience.batch(
                        tx,
                        joined(tx, round),
                        round.zone(),
                        position.after(),
                        position.fence(),
                        position.limit()),
                round.dayMeant().toString(),
                position);
    }

    @Override
    public Optional<String> occurrence(Round round, Member member) {
        LocalDate joined = LocalTimes.day(member.joinedAt(), round.zone());
        return YearlyDays.keptOn(round.dayMeant(), round.definition().leapDay(), joined)
                        .contains(joined)
                ? Optional.of(round.dayMeant().toString())
                : Optional.empty();
    }

    private static List<LocalDate> joined(TenantTx tx, Round round) {
        return AnniversaryAudience.first(tx, round.zone())
                .map(first ->
                        YearlyDays.keptOn(round.dayMeant(), round.definition().leapDay(), first))
                .orElse(List.of());
    }
}
