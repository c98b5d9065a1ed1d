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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who would be written to in rounds that are still to come; nothing is written. */
final class Dues {

    private static final int BATCH = 1_000;
    private static final UUID EVERYBODY = new UUID(-1L, -1L);

    private final TenantTx tx;
    private final CampaignKinds kinds;
    private final PlanMessages messages;

    Dues(TenantTx tx, CampaignKinds kinds, PlanMessages messages) {
        this.tx = tx;
        this.kinds = kinds;
        this.messages = messages;
    }

    /**
     * Those whom a round would find, with the reason of those who would get nothing.
     *
     * @param atMost so many are looked at
     */
    List<Screened> of(Campaign campaign, Slot slot, int atMost) {
        Round round = new Round(campaign, slot.day(), slot.zone());
        List<Screened> all = new ArrayList<>();
        @Nullable UUID after = null;
        boolean last = false;
        while (!last && all.size() < atMost) {
            Slice slice = kinds.of(campaign).due(tx, round, new Position(after, EVERYBODY, BATCH));
            all.addAll(screen(round, slot, slice.due()));
            after = slice.cursor();
            last = slice.last();
        }
        return all;
    }

    /** What a round would do with one member; empty for one who is not due. */
    Optional<Screened> of(Campaign campaign, Slot slot, MemberId member) {
        Round round = new Round(campaign, slot.day(), slot.zone());
        Position onlyThis = new Position(before(member.uuid()), member.uuid(), 1);
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
        return messages.screen(tx, round, occasion, due);
    }

    private static UUID before(UUID id) {
        return id.getLeastSignificantBits() == 0
                ? new UUID(id.getMostSignificantBits() - 1, -1L)
                : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1);
    }
}
