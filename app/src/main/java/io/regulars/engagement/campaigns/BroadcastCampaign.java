package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.mail.Messages.Urgency;
import io.regulars.loyalty.members.AllMembers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everybody, or a segment, once: at one moment, or at one hour of each member's own day. At night
 * it waits for the members' morning.
 */
final class BroadcastCampaign implements CampaignKind {

    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2200;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.BROADCAST;
    }

    @Override
    public String message() {
        return "broadcast";
    }

    @Override
    public Set<String> fields() {
        return Set.of("starts_at", "starts_local");
    }

    @Override
    public boolean givesWay() {
        return true;
    }

    @Override
    public boolean endsByItself() {
        return true;
    }

    @Override
    public Urgency urgency() {
        return Urgency.NEWS;
    }

    @Override
    public void check(Campaign.Schedule schedule, List<FieldError> errors) {
        LocalDateTime local = schedule.startsLocal();
        if ((schedule.startsAt() == null) == (local == null)) {
            errors.add(
                    new FieldError(
                            "/schedule",
                            "one_of",
                            "Needs either starts_at, a moment, or starts_local, an hour by each member's clock."));
        }
        int year =
                local != null
                        ? local.getYear()
                        : schedule.startsAt() == null
                                ? FIRST_YEAR
                                : schedule.startsAt().atOffset(ZoneOffset.UTC).getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            errors.add(
                    new FieldError(
                            local == null ? "/schedule/starts_at" : "/schedule/starts_local",
                            "out_of_range",
                            "Must lie between " + FIRST_YEAR + " and " + LAST_YEAR + "."));
        }
        if (local != null && !local.toLocalTime().isBefore(Campaign.Schedule.LATEST)) {
            errors.add(
                    new FieldError(
                            "/schedule/starts_local",
                            "out_of_range",
                            "Must lie before "
                                    + Campaign.Schedule.LATEST
                                    + ", when it is too late."));
        }
    }

    @Override
    public Optional<FieldError> whyNotNow(Campaign.Schedule schedule, ZoneId shops, Instant now) {
        boolean isMoment = schedule.startsAt() != null;
        return slot(schedule, shops).dueAt().isAfter(now)
                ? Optional.empty()
                : Optional.of(
                        new FieldError(
                                isMoment ? "/schedule/starts_at" : "/schedule/starts_local",
                                "in_the_past",
                                "It is past already, and would never go out; set a later one."));
    }

    @Override
    public List<Slot> slots(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant since, Instant now) {
        return zones.stream()
                .map(zone -> slot(definition.timing(), zone))
                .filter(slot -> slot.dueAt().isAfter(since) && !slot.dueAt().isAfter(now))
                .sorted(
                        Comparator.comparing(Slot::dueAt)
                                .thenComparing(slot -> slot.zone().getId()))
                .toList();
    }

    @Override
    public Optional<Instant> nextHour(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant now) {
        return zones.stream()
                .map(zone -> slot(definition.timing(), zone).dueAt())
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    @Override
    public Optional<Instant> nextWithSomebody(
            TenantTx tx, Campaign.Definition definition, Collection<ZoneId> zones) {
        return nextHour(
                definition,
                zones.stream().filter(zone -> AllMembers.isAnybody(tx, zone)).toList(),
                tx.now());
    }

    @Override
    public Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        LocalDate day = slot(definition.timing(), zone).day();
        return day.isBefore(from) ? Optional.empty() : Optional.of(day);
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        return AllMembers.isAnybody(tx, round.zone());
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        return Slice.of(
                AllMembers.batch(
                        tx, round.zone(), position.after(), position.fence(), position.limit()),
                round.campaign().id().toString(),
                position);
    }

    private static Slot slot(Campaign.Schedule schedule, ZoneId zone) {
        LocalDateTime local = schedule.startsLocal();
        Instant moment = schedule.startsAt();
        Instant wanted =
                local == null
                        ? moment == null ? Instant.MAX : moment
                        : LocalTimes.at(local.toLocalDate(), local.toLocalTime(), zone);
        Instant dueAt = local == null ? byDay(wanted, zone) : wanted;
        LocalDate day = LocalTimes.day(dueAt, zone);
        return new Slot(day, zone, dueAt, LocalTimes.at(day, Campaign.Schedule.LATEST, zone));
    }

    /** This moment, or the morning after it where it is night. */
    private static Instant byDay(Instant moment, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        if (local.toLocalTime().isBefore(MORNING)) {
            return LocalTimes.at(local.toLocalDate(), MORNING, zone);
        }
        return local.toLocalTime().isBefore(Campaign.Schedule.LATEST)
                ? moment
                : LocalTimes.at(local.toLocalDate().plusDays(1), MORNING, zone);
    }
}
