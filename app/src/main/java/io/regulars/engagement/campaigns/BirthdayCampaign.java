package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.BirthDate;
import io.regulars.loyalty.members.BirthdayAudience;
import io.regulars.loyalty.members.BirthdayMember;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantTx;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members who have a birthday, once a year however the date is edited. */
final class BirthdayCampaign implements YearlyKind {

    /**
     * Two birthdays of one member lie at least a year less the leap day apart, however the date was
     * edited.
     */
    private static final int DAYS_BETWEEN = 364;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.BIRTHDAY;
    }

    @Override
    public String message() {
        return "birthday";
    }

    @Override
    public Optional<MonthDay> firstDay(TenantTx tx, MonthDay from, ZoneId zone) {
        return BirthdayAudience.firstBorn(tx, from, zone);
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        return BirthdayAudience.isAnybody(tx, born(round), round.dayMeant(), round.zone());
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        List<UUID> batch =
                BirthdayAudience.batch(
                                tx,
                                born(round),
                                round.dayMeant(),
                                round.zone(),
                                position.after(),
                                position.fence(),
                                position.limit())
                        .stream()
                        .map(BirthdayMember::id)
                        .map(id -> id.uuid())
                        .toList();
        Map<UUID, LocalDate> latest = Messages.latestDays(tx, message(), batch);
        List<UUID> due =
                batch.stream().filter(id -> !hadIt(latest.get(id), round.dayMeant())).toList();
        String occurrence = round.dayMeant().toString();
        return Slice.of(Slice.of(due, occurrence, position).due(), batch, position);
    }

    @Override
    public Optional<String> occurrence(Round round, Member member) {
        BirthDate born = member.birthDate();
        LocalDate countsFrom = member.birthdayCountsFrom();
        boolean counts = countsFrom == null || !countsFrom.isAfter(round.dayMeant());
        return born != null && counts && born(round).contains(born.day())
                ? Optional.of(round.dayMeant().toString())
                : Optional.empty();
    }

    private static boolean hadIt(@Nullable LocalDate latest, LocalDate birthday) {
        return latest != null && latest.isAfter(birthday.minusDays(DAYS_BETWEEN));
    }

    private static List<MonthDay> born(Round round) {
        return YearlyDays.keptOn(round.dayMeant(), round.definition().leapDay());
    }
}
