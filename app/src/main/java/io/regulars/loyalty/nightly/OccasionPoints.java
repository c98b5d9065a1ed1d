package io.regulars.loyalty.nightly;

import io.regulars.events.Outbox;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.awards.Happening;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.members.Birthdays;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.members.OccasionDays;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Points that rules give for birthdays and anniversaries of joining: on the local day, in the
 * member's zone or else the shop's. Days missed while nobody was there are made up for.
 */
final class OccasionPoints {

    static final String BIRTHDAY = "birthday";
    static final String ANNIVERSARY = "anniversary";

    private final TenantTx tx;
    private final ProgramHistory history;
    private final ProgramHistory.Version version;

    OccasionPoints(TenantTx tx, ProgramHistory history) {
        this.tx = tx;
        this.history = history;
        this.version = history.inForceAt(tx.now());
    }

    /** A local day with something to do, and when it begins. */
    record Due(ZoneId zone, LocalDate date, Instant at) {}

    /** The earliest day to be looked at; it may have begun already. */
    Optional<Due> next(Progress progress) {
        if (!gives(BIRTHDAY) && !gives(ANNIVERSARY)) {
            return Optional.empty();
        }
        Optional<Due> first = Optional.empty();
        for (ZoneId zone : zones()) {
            Optional<Due> due = next(progress, zone);
            if (due.isPresent() && (first.isEmpty() || due.get().at().isBefore(first.get().at()))) {
                first = due;
            }
        }
        return first;
    }

    private Optional<Due> next(Progress progress, ZoneId zone) {
        LocalDate known = progress.days().get(zone.getId());
        if (known == null) {
            // From here on its days are counted; this one began before.
            return Optional.of(new Due(zone, LocalTimes.day(tx.now(), zone), tx.now()));
        }
        LocalDate effective = LocalTimes.day(version.effectiveAt(), zone);
        LocalDate done = known.isBefore(effective) ? effective : known;
        Stream<LocalDate> birthday =
                gives(BIRTHDAY) ? OccasionDays.nextBirthday(tx, done).stream() : Stream.of();
        Stream<LocalDate> anniversary =
                gives(ANNIVERSARY)
                        ? Stream.of(OccasionDays.nextAnniversary(tx, done, zone))
                        : Stream.of();
        return Stream.concat(birthday, anniversary)
                .min(Comparator.naturalOrder())
                .map(date -> new Due(zone, date, date.atStartOfDay(zone).toInstant()));
    }

    /**
     * Does a batch of the day that is being worked on, or else of the one that is due, and says how
     * far it came.
     */
    Progress run(Progress progress, Optional<Due> due, int batch) {
        Progress.Day day = progress.day();
        if (day == null) {
            Due begun = due.orElseThrow();
            if (!progress.days().containsKey(begun.zone().getId())) {
                return progress.finished(begun.zone().getId(), begun.date());
            }
            day = new Progress.Day(begun.zone().getId(), begun.date(), BIRTHDAY, null);
        }
        ZoneId zone = ZoneId.of(day.zone());
        List<UUID> members = members(day, zone, batch);
        give(day, zone, members);
        if (members.size() == batch) {
            return progress.at(
                    new Progress.Day(day.zone(), day.date(), day.occasion(), members.getLast()));
        }
        return day.occasion().equals(BIRTHDAY)
                ? progress.at(new Progress.Day(day.zone(), day.date(), ANNIVERSARY, null))
                : progress.finished(day.zone(), day.date());
    }

    private List<UUID> members(Progress.Day day, ZoneId zone, int batch) {
        if (!gives(day.occasion())) {
            return List.of();
        }
        return day.occasion().equals(BIRTHDAY)
                ? OccasionDays.birthdays(tx, day.date(), zone, day.cursor(), batch)
                : OccasionDays.anniversaries(tx, day.date(), zone, day.cursor(), batch);
    }

    private void give(Progress.Day day, ZoneId zone, List<UUID> members) {
        Map<UUID, String> latest =
                members.isEmpty()
                        ? Map.of()
                        : LedgerHistory.latestOccurrences(tx, day.occasion(), members);
        List<UUID> lucky =
                members.stream()
                        .filter(member ->
                                !Birthdays.wasHad(
                                        Optional.ofNullable(latest.get(member))
                                                .map(OccasionPoints::dayOf),
                                        day.date()))
                        .toList();
        if (lucky.isEmpty()) {
            return;
        }
        Ledger ledger = Ledger.lock(tx, lucky).withOpenLots();
        Awards awards = Awards.open(tx, ledger, history, lucky);
        TierBook book = TierBook.open(tx, history, lucky);
        Instant at = day.date().atStartOfDay(zone).toInstant();
        Happening happening = Happening.of(day.occasion(), at, day.occasion() + ":" + day.date());
        for (UUID member : lucky) {
            long points =
                    awards.give(member, happening).awards().stream()
                            .mapToLong(EarningRules.Award::points)
                            .sum();
            if (points > 0) {
                awards.active(member);
                book.earned(member, at, points);
                book.settle(ledger, member, Cause.PURCHASE);
            }
        }
        awards.write();
        ledger.write();
        Outbox.append(tx, book.events());
    }

    /** Behind the day a merge notes whose it was, where both members had points for it. */
    private static LocalDate dayOf(String occurrence) {
        return LocalDate.parse(occurrence.substring(occurrence.indexOf(':') + 1).split(" ", 2)[0]);
    }

    private boolean gives(String occasion) {
        return version.program().earning().stream().anyMatch(rule -> rule.on().equals(occasion));
    }

    private List<ZoneId> zones() {
        Set<String> zones = new TreeSet<>(NewZones.of(tx));
        zones.add(tx.tenant().zone().getId());
        return zones.stream().map(ZoneId::of).toList();
    }
}
