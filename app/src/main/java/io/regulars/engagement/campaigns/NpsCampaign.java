package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.RecentBuyers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * How likely they are to recommend the shop, asked some days after a purchase: soon enough to
 * remember it, late enough to have used what was bought. Nobody is asked more often than every so
 * many days, however often they buy.
 */
final class NpsCampaign implements CampaignKind {

    private static final int DAYS_AFTER = 3;
    private static final int DAYS_BETWEEN = 90;
    private static final int LONGEST_WAIT = 60;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.NPS;
    }

    @Override
    public String message() {
        return "nps";
    }

    @Override
    public Set<String> fields() {
        return Set.of("at", "days_after", "days_between");
    }

    @Override
    public boolean givesWay() {
        return true;
    }

    @Override
    public void check(Campaign.Schedule schedule, List<FieldError> errors) {
        Integer after = schedule.daysAfter();
        if (after != null && (after < 1 || after > LONGEST_WAIT)) {
            errors.add(
                    new FieldError(
                            "/schedule/days_after",
                            "out_of_range",
                            "Must be 1 to " + LONGEST_WAIT + "."));
        }
        ThankYouCampaign.daysBetween(schedule, errors);
    }

    @Override
    public Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        int after = daysAfter(definition);
        return RecentBuyers.firstDay(tx, zone, from.minusDays(after))
                .map(day -> day.plusDays(after));
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        Position position = new Position(null, new UUID(-1L, -1L), 1000);
        Slice slice = due(tx, round, position);
        while (slice.due().isEmpty() && !slice.last()) {
            slice = due(tx, round, new Position(slice.cursor(), position.fence(), 1000));
        }
        return !slice.due().isEmpty();
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        LocalDate bought = round.day().minusDays(daysAfter(round.definition()));
        List<UUID> batch =
                RecentBuyers.batch(
                        tx,
                        round.zone(),
                        bought,
                        position.after(),
                        position.fence(),
                        position.limit());
        Map<UUID, Instant> asked = Messages.latestGoing(tx, message(), batch);
        int pause =
                Objects.requireNonNullElse(round.definition().timing().daysBetween(), DAYS_BETWEEN);
        Instant since = round.day().minusDays(pause).atStartOfDay(round.zone()).toInstant();
        String occurrence = "purchase:" + bought;
        List<Due> due =
                batch.stream()
                        .filter(id -> asked.getOrDefault(id, Instant.MIN).isBefore(since))
                        .map(id -> new Due(new MemberId(id), occurrence))
                        .toList();
        return Slice.of(due, batch, position);
    }

    private static int daysAfter(Campaign.Definition definition) {
        return Objects.requireNonNullElse(definition.timing().daysAfter(), DAYS_AFTER);
    }
}
