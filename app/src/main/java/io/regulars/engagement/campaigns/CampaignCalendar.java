package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.campaigns.PlanMessages.Screened;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What goes out on which day, to about how many: counted as members are today, so what they do in
 * the meantime is not in it.
 */
final class CampaignCalendar {

    static final int MOST_DAYS = 62;

    private static final int MOST = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TenantDb tenants;
    private final CampaignKinds kinds;
    private final PlanMessages messages;

    CampaignCalendar(TenantDb tenants, CampaignKinds kinds, PlanMessages messages) {
        this.tenants = tenants;
        this.kinds = kinds;
        this.messages = messages;
    }

    /**
     * A day of a campaign.
     *
     * @param at the earliest moment on it at which one leaves, the zones differ
     */
    record CalendarDay(
            LocalDate date,
            Instant at,
            CampaignId campaign,
            String name,
            Campaign.Kind kind,
            int about) {

        /** The same day in another zone as well. */
        CalendarDay with(CalendarDay other) {
            return new CalendarDay(
                    date,
                    at.isBefore(other.at) ? at : other.at,
                    campaign,
                    name,
                    kind,
                    about + other.about);
        }
    }

    /** A campaign that answers to events, on any day. */
    record AnsweringCampaign(CampaignId campaign, String name, Campaign.Kind kind, String event) {}

    /** The days, and what has no day. */
    record CampaignDays(List<CalendarDay> days, List<AnsweringCampaign> answering) {}

    CampaignDays of(TenantRef side, LocalDate from, LocalDate to) {
        return tenants.inTransaction(
                side, tx -> tx.within(PATIENCE, () -> new Work(tx, from, to).calendar()));
    }

    private final class Work {

        private final TenantTx tx;
        private final LocalDate from;
        private final LocalDate to;
        private final Dues dues;
        private final Set<ZoneId> zones;

        Work(TenantTx tx, LocalDate from, LocalDate to) {
            this.tx = tx;
            this.from = from;
            this.to = to;
            this.dues = new Dues(tx, kinds, messages);
            this.zones = new Rounds(tx, kinds).zones();
        }

        CampaignDays calendar() {
            List<CalendarDay> days = new ArrayList<>();
            List<AnsweringCampaign> answering = new ArrayList<>();
            for (Campaign campaign : new CampaignDao(tx).active()) {
                kinds.answering(campaign)
                        .ifPresentOrElse(
                                kind ->
                                        answering.add(
                                                new AnsweringCampaign(
                                                        campaign.id(),
                                                        campaign.name(),
                                                        campaign.kind(),
                                                        kind.event())),
                                () -> days.addAll(days(campaign)));
            }
            days.sort(Comparator.comparing(CalendarDay::at).thenComparing(CalendarDay::kind));
            return new CampaignDays(days, answering);
        }

        private List<CalendarDay> days(Campaign campaign) {
            Map<LocalDate, CalendarDay> days = new TreeMap<>();
            // Day by day, so that what there is of a budget goes to whoever comes first.
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                for (ZoneId zone : zones) {
                    Instant begin = day.atStartOfDay(zone).toInstant().minusMillis(1);
                    Instant since = begin.isBefore(tx.now()) ? tx.now() : begin;
                    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
                    if (end.isAfter(since)) {
                        slots(campaign, zone, since, end)
                                .forEach(slot -> count(campaign, slot, days));
                    }
                }
            }
            return List.copyOf(days.values());
        }

        private List<Slot> slots(Campaign campaign, ZoneId zone, Instant since, Instant until) {
            CampaignKind kind = kinds.of(campaign);
            return kind.slots(campaign.definition(), List.of(zone), since, until).stream()
                    .filter(slot ->
                            kind.nextDay(campaign.definition(), slot.day()).equals(slot.day()))
                    .toList();
        }

        private void count(Campaign campaign, Slot slot, Map<LocalDate, CalendarDay> days) {
            // Who is silent stays so: each counts on the first day only.
            List<Instant> leaving =
                    dues.of(campaign, slot, MOST).stream()
                            .filter(one -> one.reason() == null)
                            .map(Screened::leavesAt)
                            .toList();
            if (!leaving.isEmpty()) {
                days.merge(
                        slot.day(),
                        new CalendarDay(
                                slot.day(),
                                Collections.min(leaving),
                                campaign.id(),
                                campaign.name(),
                                campaign.kind(),
                                leaving.size()),
                        CalendarDay::with);
            }
        }
    }
}
