package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.loyalty.ledger.ExpiringPoints;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Members whose points end in so many days as the program's {@code expiry.warn_days} say. It is no
 * advertising: members are told of what they lose whether or not they want offers.
 */
final class PointsExpiringCampaign implements CampaignKind {

    private static final List<Integer> USUAL = List.of(60, 30);

    private final Programs programs;

    PointsExpiringCampaign(Programs programs) {
        this.programs = programs;
    }

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.POINTS_EXPIRING;
    }

    @Override
    public String message() {
        return "points_expiring";
    }

    @Override
    public MessageClass messageClass(Campaign.Definition definition) {
        return MessageClass.SERVICE;
    }

    @Override
    public boolean takesOffer() {
        return false;
    }

    @Override
    public Set<String> fields() {
        return Set.of("at");
    }

    @Override
    public Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        ZoneId shops = tx.tenant().zone();
        return warnings(tx).stream()
                .flatMap(days ->
                        ExpiringPoints.first(tx, start(from.plusDays(days), shops))
                                .map(end -> LocalTimes.day(end, shops).minusDays(days))
                                .stream())
                .min(Comparator.naturalOrder());
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        return !due(tx, round, new Position(null, new UUID(-1L, -1L), 1)).due().isEmpty();
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        ZoneId shops = tx.tenant().zone();
        List<LocalDate> ends =
                warnings(tx).stream().map(days -> round.day().plusDays(days)).toList();
        List<ExpiringPoints.Soonest> batch =
                ExpiringPoints.batch(
                        tx,
                        round.zone(),
                        new ExpiringPoints.Ends(
                                ends.stream().map(day -> start(day, shops)).toList(),
                                ends.stream().map(day -> start(day.plusDays(1), shops)).toList(),
                                start(round.day().minusDays(1), round.zone())),
                        position.after(),
                        position.fence(),
                        position.limit());
        List<Due> due =
                batch.stream()
                        .map(soonest ->
                                new Due(
                                        new MemberId(soonest.member()),
                                        occurrence(
                                                LocalTimes.day(soonest.at(), shops), round.day())))
                        .toList();
        return Slice.of(due, batch.stream().map(ExpiringPoints.Soonest::member).toList(), position);
    }

    /** The day on which they are gone, and how long before. */
    private static String occurrence(LocalDate end, LocalDate day) {
        return end + "/" + ChronoUnit.DAYS.between(day, end);
    }

    private List<Integer> warnings(TenantTx tx) {
        List<Integer> said = programs.inForce(tx).program().expiryPolicy().warnings();
        return said.isEmpty() ? USUAL : said;
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
