package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Due;
import io.regulars.engagement.campaigns.CampaignKind.Position;
import io.regulars.engagement.campaigns.CampaignKind.Round;
import io.regulars.engagement.campaigns.CampaignKind.Slice;
import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.campaigns.PlanMessages.Screened;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.AllMembers;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who would be written to in rounds that are still to come; nothing is written. It goes along with
 * what a campaign would do: offers of its budget are given once, and nobody is due twice for the
 * same.
 */
final class Dues {

    private static final int BATCH = 1_000;
    private static final UUID EVERYBODY = new UUID(-1L, -1L);

    private final TenantTx tx;
    private final CampaignKinds kinds;
    private final PlanMessages messages;
    private final Map<CampaignId, Long> budgets = new HashMap<>();
    private final Map<CampaignId, Set<Due>> settled = new HashMap<>();

    Dues(TenantTx tx, CampaignKinds kinds, PlanMessages messages) {
        this.tx = tx;
        this.kinds = kinds;
        this.messages = messages;
    }

    /**
     * Those whom a round would find, with the reason of those who would get nothing; without those
     * whom an earlier round would have settled.
     *
     * @param atMost so many are looked at
     */
    List<Screened> of(Campaign campaign, Slot slot, int atMost) {
        Round round = new Round(campaign, slot.day(), slot.zone());
        List<Screened> all = new ArrayList<>();
        @Nullable UUID after = null;
        boolean last = false;
        int again = 0;
        while (!last && all.size() + again < atMost) {
            Slice slice = kinds.of(campaign).due(tx, round, new Position(after, EVERYBODY, BATCH));
            List<Due> open =
                    slice.due().stream().filter(one -> !settled(campaign).contains(one)).toList();
            all.addAll(screen(round, slot, open));
            again += slice.due().size() - open.size();
            after = slice.cursor();
            last = slice.last();
        }
        return all;
    }

    /** What a round would do with one member; empty for one who is not due. */
    Optional<Screened> of(Campaign campaign, Slot slot, MemberId member) {
        Round round = new Round(campaign, slot.day(), slot.zone());
        Position onlyThis = Position.among(List.of(member.uuid()));
        return screen(round, slot, kinds.of(campaign).due(tx, round, onlyThis).due()).stream()
                .findFirst();
    }

    /** What would be done with members if they were due at this moment, whatever for. */
    List<Screened> asIfDue(Campaign campaign, Slot slot, List<MemberId> members) {
        List<Due> due =
                members.stream().map(member -> new Due(member, slot.day().toString())).toList();
        return screen(new Round(campaign, slot.day(), slot.zone()), slot, due);
    }

    /** The same for everybody of a zone. */
    List<Screened> asIfAllDue(Campaign campaign, Slot slot, int atMost) {
        List<Screened> all = new ArrayList<>();
        List<UUID> batch = AllMembers.batch(tx, slot.zone(), null, EVERYBODY, BATCH);
        while (!batch.isEmpty() && all.size() < atMost) {
            all.addAll(asIfDue(campaign, slot, batch.stream().map(MemberId::new).toList()));
            batch = AllMembers.batch(tx, slot.zone(), batch.getLast(), EVERYBODY, BATCH);
        }
        return all;
    }

    private List<Screened> screen(Round round, Slot slot, List<Due> due) {
        Messages.Occasion occasion =
                messages.occasion(
                        round.campaign(), new RunId(TypeIds.next()), slot.dueAt(), slot.notAfter());
        Campaign campaign = round.campaign();
        long budget = budgets.computeIfAbsent(campaign.id(), _ -> OfferBudget.left(tx, campaign));
        List<Screened> screened = messages.screen(tx, round, occasion, due, budget);
        screened.stream().filter(Screened::kept).map(Screened::due).forEach(settled(campaign)::add);
        if (budget > 0) {
            long going = screened.stream().filter(one -> one.reason() == null).count();
            budgets.put(campaign.id(), budget - going);
        }
        return screened;
    }

    private Set<Due> settled(Campaign campaign) {
        return settled.computeIfAbsent(campaign.id(), _ -> new HashSet<>());
    }
}
