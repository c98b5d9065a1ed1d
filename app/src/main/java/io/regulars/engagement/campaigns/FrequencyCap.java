package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Position;
import io.regulars.engagement.campaigns.CampaignKind.Round;
import io.regulars.engagement.campaigns.CampaignKind.Slice;
import io.regulars.engagement.mail.Messages;
import io.regulars.engagement.mail.Refusals;
import io.regulars.engagement.segments.Segments;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who gets other advertising on the day of a round. What is planned or sent stands in the messages;
 * what another campaign sends later that day is told by its kind: of an occasion by the member
 * alone, of the others, which give way themselves, by who is due in their own round.
 */
final class FrequencyCap {

    /** Of those that give way, whoever stands before goes before. */
    private static final List<Campaign.Kind> YIELDING =
            List.of(Campaign.Kind.WIN_BACK, Campaign.Kind.NPS, Campaign.Kind.BROADCAST);

    private final TenantTx tx;
    private final CampaignKinds kinds;
    private final Segments segments;

    FrequencyCap(TenantTx tx, CampaignKinds kinds, Segments segments) {
        this.tx = tx;
        this.kinds = kinds;
        this.segments = segments;
    }

    /** Those of these members for whom a round that gives way is one mail too many. */
    Set<UUID> reached(Round round, Collection<Member> members, Refusals refusals) {
        if (!kinds.of(round.campaign()).givesWay() || members.isEmpty()) {
            return Set.of();
        }
        Set<UUID> reached =
                new HashSet<>(
                        Messages.advertisedTo(
                                tx,
                                ids(members),
                                start(round.day(), round.zone()),
                                start(round.day().plusDays(1), round.zone())));
        List<Round> others =
                new CampaignDao(tx)
                        .active().stream()
                                .filter(campaign -> goesBefore(campaign, round.campaign()))
                                .map(campaign -> new Round(campaign, round.day(), round.zone()))
                                .filter(FrequencyCap::isMade)
                                .toList();
        Map<CampaignId, Set<UUID>> meant = meant(others, members);
        for (Round other : others) {
            Predicate<Member> due = due(other, members);
            members.stream()
                    .filter(member -> isMeant(meant.get(other.campaign().id()), member))
                    .filter(due)
                    .filter(member -> isWrittenTo(other, member, refusals))
                    .forEach(member -> reached.add(member.id().uuid()));
        }
        return reached;
    }

    private boolean goesBefore(Campaign other, Campaign campaign) {
        return !kinds.of(other).givesWay() || rank(other) < rank(campaign);
    }

    private static int rank(Campaign campaign) {
        return YIELDING.indexOf(campaign.kind());
    }

    /** Who of these members is due in another round. */
    private Predicate<Member> due(Round other, Collection<Member> members) {
        CampaignKind kind = kinds.of(other.campaign());
        if (!kind.givesWay()) {
            return member -> kind.occurrence(other, member).isPresent();
        }
        if (OfferBudget.left(tx, other.campaign()) == 0) {
            return member -> false;
        }
        Set<UUID> due = new HashSet<>();
        Position position = Position.among(ids(members));
        Slice slice;
        do {
            slice = kind.due(tx, other, position);
            slice.due().forEach(one -> due.add(one.member().uuid()));
            position = position.behind(slice);
        } while (!slice.last());
        return member -> due.contains(member.id().uuid());
    }

    private static List<UUID> ids(Collection<Member> members) {
        return members.stream().map(member -> member.id().uuid()).toList();
    }

    /** Who of these members is in the segments of those campaigns that have one. */
    private Map<CampaignId, Set<UUID>> meant(List<Round> others, Collection<Member> members) {
        Map<CampaignId, Set<UUID>> meant = new HashMap<>();
        for (Round other : others) {
            String segment = other.definition().segment();
            if (segment != null) {
                meant.put(other.campaign().id(), segments.among(tx, segment, ids(members)));
            }
        }
        return meant;
    }

    private static boolean isMeant(@Nullable Set<UUID> segment, Member member) {
        return segment == null || segment.contains(member.id().uuid());
    }

    private boolean isWrittenTo(Round other, Member member, Refusals refusals) {
        CampaignKind kind = kinds.of(other.campaign());
        return refusals.of(member, kind.message(), kind.messageClass(other.definition())).isEmpty()
                && !HoldOut.holds(other.campaign(), member.id());
    }

    /** Whether the other one was activated before its hour of this day. */
    private static boolean isMade(Round other) {
        Instant activated = other.campaign().activatedAt();
        Instant dueAt =
                new DailySlots(other.definition().at(), List.of(other.zone()))
                        .dueAt(other.day(), other.zone());
        return activated != null && dueAt.isAfter(activated);
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
