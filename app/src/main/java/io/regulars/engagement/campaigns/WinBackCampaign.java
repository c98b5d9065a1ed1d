package io.regulars.engagement.campaigns;

import io.regulars.engagement.churn.ChurnModel;
import io.regulars.engagement.churn.ChurnModels;
import io.regulars.engagement.churn.Rhythm;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.BuyingDays;
import io.regulars.loyalty.purchases.SilentBuyers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who have been silent for so many days, or for longer than their own rhythm explains. Each
 * silence brings one mail at most: after it there is none until the member has bought again.
 */
final class WinBackCampaign implements CampaignKind {

    /**
     * By the rhythm a newcomer looks half lost from the first day, because so many never come a
     * second time; nobody wants to be missed by a shop where they were last week.
     */
    static final int SHORTEST_SILENCE = 14;

    private static final int LONGEST_SILENCE = 3650;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.WIN_BACK;
    }

    @Override
    public String message() {
        return "win_back";
    }

    @Override
    public Set<String> fields() {
        return Set.of("at", "silence_days", "p_alive_below", "max_silence_days");
    }

    @Override
    public boolean givesWay() {
        return true;
    }

    @Override
    public boolean canComeLater() {
        return true;
    }

    @Override
    public void check(Campaign.Schedule schedule, List<FieldError> errors) {
        Integer silence = schedule.silenceDays();
        Double pAlive = schedule.pAliveBelow();
        if ((silence == null) == (pAlive == null)) {
            errors.add(
                    new FieldError(
                            "/schedule", "one_of", "Needs either silence_days or p_alive_below."));
        }
        if (silence != null && (silence < 1 || silence > LONGEST_SILENCE)) {
            errors.add(
                    new FieldError("/schedule/silence_days", "out_of_range", "Must be 1 to 3650."));
        }
        if (pAlive != null && !(pAlive > 0 && pAlive < 1)) {
            errors.add(
                    new FieldError(
                            "/schedule/p_alive_below",
                            "out_of_range",
                            "Must be above 0 and below 1; 0.5 is a good start."));
        }
        Integer most = schedule.maxSilenceDays();
        int least = shortest(schedule);
        if (most != null && (most < least || most > LONGEST_SILENCE)) {
            errors.add(
                    new FieldError(
                            "/schedule/max_silence_days",
                            "out_of_range",
                            "Must be " + least + " to 3650."));
        }
    }

    @Override
    public Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        Integer most = definition.timing().maxSilenceDays();
        Instant since = most == null ? Instant.EPOCH : start(from.minusDays(most), zone);
        return SilentBuyers.longestSilent(tx, zone, since)
                .map(last -> LocalTimes.day(last, zone).plusDays(shortest(definition.timing())))
                .map(day -> day.isBefore(from) ? from : day);
    }

    @Override
    public boolean isAnybodyDue(TenantTx tx, Round round) {
        Position position = new Position(null, new UUID(-1L, -1L), 1000);
        while (true) {
            Slice slice = due(tx, round, position);
            if (!slice.due().isEmpty() || slice.last()) {
                return !slice.due().isEmpty();
            }
            position = new Position(slice.cursor(), position.fence(), position.limit());
        }
    }

    @Override
    public Slice due(TenantTx tx, Round round, Position position) {
        List<BuyingDays> batch =
                SilentBuyers.batch(
                        tx,
                        round.zone(),
                        silence(round),
                        position.after(),
                        position.fence(),
                        position.limit());
        List<UUID> members = batch.stream().map(BuyingDays::member).toList();
        Map<UUID, Instant> mailed = Messages.latestPlanned(tx, message(), members);
        Predicate<BuyingDays> gone = batch.isEmpty() ? buyer -> false : gone(tx, round);
        List<Due> due =
                batch.stream()
                        .filter(buyer -> !isMissed(buyer, mailed.get(buyer.member())))
                        .filter(gone)
                        .map(buyer -> new Due(new MemberId(buyer.member()), lapse(buyer, round)))
                        .toList();
        return Slice.of(due, members, position);
    }

    /** Whether the shop has said already that it misses this buyer. */
    private static boolean isMissed(BuyingDays buyer, @Nullable Instant mailed) {
        return mailed != null && !mailed.isBefore(buyer.last());
    }

    private static Predicate<BuyingDays> gone(TenantTx tx, Round round) {
        Double below = round.definition().timing().pAliveBelow();
        if (below == null) {
            return buyer -> true;
        }
        ChurnModel model = ChurnModels.of(tx);
        return buyer ->
                model.pAlive(
                                Rhythm.ofDays(
                                        buyer.days(),
                                        LocalTimes.day(buyer.first(), round.zone()),
                                        LocalTimes.day(buyer.last(), round.zone()),
                                        round.day()))
                        < below;
    }

    private static String lapse(BuyingDays buyer, Round round) {
        return Messages.LAPSE + LocalTimes.day(buyer.last(), round.zone());
    }

    private static SilentBuyers.Silence silence(Round round) {
        Campaign.Schedule timing = round.definition().timing();
        Integer most = timing.maxSilenceDays();
        return new SilentBuyers.Silence(
                most == null ? Instant.EPOCH : start(round.day().minusDays(most), round.zone()),
                start(round.day().minusDays(shortest(timing) - 1L), round.zone()));
    }

    private static int shortest(Campaign.Schedule timing) {
        return Objects.requireNonNullElse(timing.silenceDays(), SHORTEST_SILENCE);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
