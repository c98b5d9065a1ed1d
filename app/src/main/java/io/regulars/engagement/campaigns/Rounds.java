package io.regulars.engagement.campaigns;

import io.regulars.loyalty.members.NewZones;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rounds of a tenant's campaigns: which are to be decided, which are worth a row, and when the
 * next one comes. Most shops have nobody to write to on most days; such a day leaves a moment on
 * the campaign and no row. What is decided stays so: who joins after the hour waits for the next
 * round, whether somebody else was due on that day or not.
 */
final class Rounds {

    private final TenantTx tx;
    private final CampaignKinds kinds;

    Rounds(TenantTx tx, CampaignKinds kinds) {
        this.tx = tx;
        this.kinds = kinds;
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
        CampaignKind kind = kinds.of(campaign);
        return kind
                .slots(campaign.definition(), zones(), campaign.openSince(tx.now()), tx.now())
                .stream()
                .filter(slot -> !kind.canComeLater() || !tx.now().isAfter(slot.notAfter()))
                .toList();
    }

    private boolean isAnybodyDue(Campaign campaign, DailySlots.Slot slot) {
        return kinds.of(campaign)
                .isAnybodyDue(tx, new CampaignKind.Round(campaign, slot.day(), slot.zone()));
    }

    /** When the hour comes next in any zone, on a day that the kind looks at. */
    Optional<Instant> nextHour(Campaign campaign) {
        return kinds.of(campaign).nextHour(campaign.definition(), zones(), tx.now());
    }

    /**
     * When the hour comes next on a day on which somebody may be due, as the members are at this
     * moment.
     */
    Optional<Instant> nextWithSomebody(Campaign campaign) {
        return kinds.of(campaign).nextWithSomebody(tx, campaign.definition(), zones());
    }

    /** The zones whose clocks count: the shop's, and its members'. */
    Set<ZoneId> zones() {
        Set<ZoneId> zones = new TreeSet<>(Comparator.comparing(ZoneId::getId));
        zones.add(tx.tenant().zone());
        NewZones.of(tx).forEach(zone -> zones.add(ZoneId.of(zone)));
        return zones;
    }
}
