package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.BirthdayAudience;
import io.regulars.loyalty.members.NewZones;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rounds of a tenant's campaigns: which are to be decided, which are worth a row, and when the
 * next one comes. Most shops have nobody to congratulate on most days; such a day leaves a moment
 * on the campaign and no row. What is decided stays so: who joins after the hour waits for next
 * year, whether somebody else was due on that day or not.
 */
final class Rounds {

    private final TenantTx tx;

    Rounds(TenantTx tx) {
        this.tx = tx;
    }

    /** Decides what has become due: begins a run for each day on which somebody is due. */
    void decide(List<Campaign> active) {
        RunDao runs = new RunDao(tx);
        for (Campaign campaign : active) {
            List<DailySlots.Slot> open = open(campaign);
            open.stream()
                    .filter(slot -> isAnybodyDue(campaign, slot))
                    .forEach(slot -> runs.begin(campaign.id(), slot));
            if (!open.isEmpty()) {
                new CampaignDao(tx).planned(campaign);
            }
        }
    }

    boolean isAnyOpen(List<Campaign> active) {
        return active.stream().anyMatch(campaign -> !open(campaign).isEmpty());
    }

    private List<DailySlots.Slot> open(Campaign campaign) {
        return slots(campaign).due(campaign.openSince(tx.now()), tx.now());
    }

    private boolean isAnybodyDue(Campaign campaign, DailySlots.Slot slot) {
        LocalDate birthday = slot.day().plusDays(campaign.definition().daysBefore());
        return BirthdayAudience.isAnybody(
                tx,
                BirthdayRule.daysOfBirth(birthday, campaign.definition().leapDay()),
                birthday,
                slot.zone());
    }

    /** When the hour comes next in any zone. */
    Instant nextHour(Campaign campaign) {
        return slots(campaign).next(tx.now());
    }

    /**
     * When the hour comes next on a day on which somebody is due, as the members are at this
     * moment.
     */
    Optional<Instant> nextWithSomebody(Campaign campaign) {
        DailySlots slots = slots(campaign);
        int daysBefore = campaign.definition().daysBefore();
        return slots.zones().stream()
                .flatMap(zone ->
                        BirthdayRule.next(
                                slots.nextDay(tx.now(), zone).plusDays(daysBefore),
                                campaign.definition().leapDay(),
                                from -> BirthdayAudience.firstBorn(tx, from, zone))
                                .map(birthday -> slots.dueAt(birthday.minusDays(daysBefore), zone))
                                .stream())
                .min(Comparator.naturalOrder());
    }

    private DailySlots slots(Campaign campaign) {
        Set<ZoneId> zones = new TreeSet<>(Comparator.comparing(ZoneId::getId));
        zones.add(tx.tenant().zone());
        NewZones.of(tx).forEach(zone -> zones.add(ZoneId.of(zone)));
        return new DailySlots(campaign.definition().at(), zones);
    }
}
