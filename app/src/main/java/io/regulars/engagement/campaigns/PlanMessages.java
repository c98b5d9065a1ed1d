package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Due;
import io.regulars.engagement.campaigns.CampaignKind.Round;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.MessageId;
import io.regulars.engagement.mail.Messages;
import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.engagement.mail.Offers;
import io.regulars.engagement.mail.Refusals;
import io.regulars.engagement.mail.SkipReason;
import io.regulars.engagement.segments.Segments;
import io.regulars.loyalty.adjustments.GiftPoints;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides, within the caller's transaction, who of those that are due may be written to, and writes
 * their messages and offers. Rounds and answers to events come through here alike.
 */
final class PlanMessages {

    private final Programs programs;
    private final CampaignKinds kinds;
    private final Segments segments;
    private final MailLaws laws;

    PlanMessages(Programs programs, CampaignKinds kinds, Segments segments, MailLaws laws) {
        this.programs = programs;
        this.kinds = kinds;
        this.segments = segments;
        this.laws = laws;
    }

    /**
     * What became of those who were due.
     *
     * @param due how many of them the campaign is meant for
     * @param skipped how many were passed over, by reason
     */
    record Tally(int due, int planned, Map<String, Integer> skipped) {}

    /** Plans messages for those of these members who may get one, with their offers. */
    Tally plan(TenantTx tx, Round round, Messages.Occasion occasion, List<Due> everybody) {
        List<Screened> screened =
                screen(tx, round, occasion, everybody, OfferBudget.left(tx, round.campaign()));
        Map<String, Integer> skipped = new TreeMap<>();
        List<Messages.Plan> plans = new ArrayList<>();
        for (Screened one : screened) {
            if (one.reason() != null && !one.kept()) {
                skipped.merge(one.reason().key(), 1, Integer::sum);
            } else {
                plans.add(
                        new Messages.Plan(
                                MessageId.next(),
                                one.due().member(),
                                one.due().occurrence(),
                                one.reason()));
            }
        }
        Set<UUID> planned = Messages.plan(tx, occasion, plans);
        List<Messages.Plan> sending = new ArrayList<>();
        for (Messages.Plan plan : plans) {
            if (planned.contains(plan.id().uuid())) {
                if (plan.skipReason() == null) {
                    sending.add(plan);
                } else {
                    skipped.merge(plan.skipReason().key(), 1, Integer::sum);
                }
            }
        }
        issueOffers(tx, round.campaign(), sending);
        return new Tally(screened.size(), sending.size(), skipped);
    }

    /**
     * One who is due and whom the campaign is meant for.
     *
     * @param reason why there is no mail; null for who gets one
     * @param kept whether a message says so; else it is only counted
     * @param leavesAt when a mail may leave: at its hour, or when the quiet hours are over
     */
    record Screened(Due due, @Nullable SkipReason reason, boolean kept, Instant leavesAt) {}

    /**
     * Who of these gets a mail, and who does not and why; nothing is written. Who has one for the
     * same occurrence already, of another campaign maybe, is left out.
     *
     * @param budget how many offers are left; below zero for as many as it likes
     */
    List<Screened> screen(
            TenantTx tx,
            Round round,
            Messages.Occasion occasion,
            List<Due> everybody,
            long budget) {
        List<Due> due = unclaimed(tx, occasion.kind(), audience(tx, round.campaign(), everybody));
        Map<UUID, Member> members =
                MemberDirectory.all(tx, due.stream().map(Due::member).toList()).stream()
                        .collect(
                                Collectors.toMap(
                                        member -> member.id().uuid(), Function.identity()));
        Refusals refusals = Refusals.of(tx, members.values());
        Set<UUID> reached =
                new FrequencyCap(tx, kinds, segments).reached(round, members.values(), refusals);
        long left = budget;
        List<Screened> screened = new ArrayList<>();
        for (Due one : due) {
            Member member = members.get(one.member().uuid());
            Optional<SkipReason> reason =
                    member == null
                            ? Optional.of(SkipReason.NO_ADDRESS)
                            : refused(tx, occasion, round, member, refusals)
                                    .or(() -> reason(tx, round, occasion, member, reached));
            // Without a voucher left there is no mail to be held out from either.
            if (left == 0 && (reason.isEmpty() || reason.get() == SkipReason.HOLDOUT)) {
                reason = Optional.of(SkipReason.BUDGET_SPENT);
            }
            left -= reason.isEmpty() ? 1 : 0;
            screened.add(
                    new Screened(
                            one,
                            reason.orElse(null),
                            isKept(round, member, reason.orElse(null)),
                            leavesAt(tx, round, occasion, member)));
        }
        return screened;
    }

    private Instant leavesAt(
            TenantTx tx, Round round, Messages.Occasion occasion, @Nullable Member member) {
        return member == null || occasion.messageClass() != MessageClass.ADVERTISING
                ? occasion.dueAt()
                : laws.between(tx.tenant().country(), member)
                        .advertisingFrom(occasion.dueAt(), round.zone());
    }

    private static List<Due> unclaimed(TenantTx tx, String kind, List<Due> due) {
        Set<Messages.Claim> claimed =
                Messages.claimed(tx, kind, due.stream().map(PlanMessages::claim).toList());
        return due.stream().filter(one -> !claimed.contains(claim(one))).toList();
    }

    private static Messages.Claim claim(Due due) {
        return new Messages.Claim(due.member(), due.occurrence());
    }

    /**
     * Nothing is kept of somebody who never said yes, nor of a day that is over or has enough other
     * mail where another one will do.
     */
    private boolean isKept(Round round, @Nullable Member member, @Nullable SkipReason reason) {
        if (reason == SkipReason.NO_CONSENT) {
            return member != null && member.marketingEmail();
        }
        boolean thatDayOnly = reason == SkipReason.TOO_LATE || reason == SkipReason.FREQUENCY_CAP;
        return !thatDayOnly || !kinds.of(round.campaign()).canComeLater();
    }

    /** Those who are in the campaign's segment, if it has one. */
    List<Due> audience(TenantTx tx, Campaign campaign, List<Due> due) {
        String segment = campaign.definition().segment();
        if (segment == null || due.isEmpty()) {
            return due;
        }
        Set<UUID> in =
                segments.among(tx, segment, due.stream().map(one -> one.member().uuid()).toList());
        return due.stream().filter(one -> in.contains(one.member().uuid())).toList();
    }

    /** What stands against writing to this member on any day. */
    private Optional<SkipReason> refused(
            TenantTx tx,
            Messages.Occasion occasion,
            Round round,
            Member member,
            Refusals refusals) {
        return Screening.refuse(
                        member,
                        occasion.messageClass(),
                        round.dayMeant(),
                        laws.between(tx.tenant().country(), member).minimumAge())
                .or(() -> refusals.of(member, occasion.kind(), occasion.messageClass()));
    }

    /**
     * Why a member who may be written to gets none. Hold-out comes last: held out is who would have
     * got it, or the comparison would be crooked.
     */
    private static Optional<SkipReason> reason(
            TenantTx tx,
            Round round,
            Messages.Occasion occasion,
            Member member,
            Set<UUID> reached) {
        if (tx.now().isAfter(occasion.notAfter())) {
            return Optional.of(SkipReason.TOO_LATE);
        }
        if (reached.contains(member.id().uuid())) {
            return Optional.of(SkipReason.FREQUENCY_CAP);
        }
        return HoldOut.holds(round.campaign(), member.id())
                ? Optional.of(SkipReason.HOLDOUT)
                : Optional.empty();
    }

    /** What the messages of this campaign have in common. */
    Messages.Occasion occasion(Campaign campaign, RunId run, Instant dueAt, Instant notAfter) {
        CampaignKind kind = kinds.of(campaign);
        return new Messages.Occasion(
                kind.message(),
                kind.messageClass(campaign.definition()),
                kind.urgency(),
                campaign.id().uuid(),
                run.uuid(),
                dueAt,
                notAfter);
    }

    private void issueOffers(TenantTx tx, Campaign campaign, List<Messages.Plan> sending) {
        Campaign.Offer offer = campaign.definition().offer();
        if (offer == null || sending.isEmpty()) {
            return;
        }
        if (offer.points() == null) {
            issueVouchers(tx, campaign, offer, sending);
        } else {
            Offers.attachPoints(
                    tx,
                    new GiftPoints(programs),
                    sending.stream()
                            .collect(
                                    Collectors.toMap(
                                            plan -> plan.id().uuid(),
                                            plan -> plan.member().uuid())),
                    pointsOf(campaign, offer));
        }
    }

    /** What a member reads in the history of their points is the campaign's name. */
    static GiftPoints.Terms pointsOf(Campaign campaign, Campaign.Offer offer) {
        return new GiftPoints.Terms(
                Objects.requireNonNull(offer.points()),
                offer.validDays(),
                Map.of("reason", campaign.name(), "campaign", campaign.id().toString()));
    }

    private void issueVouchers(
            TenantTx tx, Campaign campaign, Campaign.Offer offer, List<Messages.Plan> sending) {
        String key = Objects.requireNonNull(offer.reward());
        // A reward that a later program dropped is still what the campaign promised.
        Optional<Reward> reward =
                programs.history(tx).versions().reversed().stream()
                        .flatMap(version -> version.program().reward(key).stream())
                        .findFirst();
        List<MemberId> members = sending.stream().map(Messages.Plan::member).toList();
        List<Vouchers.Issued> issued =
                Vouchers.issue(
                        tx,
                        members,
                        reward.orElseThrow(),
                        offer.validDays(),
                        Vouchers.CAMPAIGN,
                        campaign.id().uuid());
        Map<UUID, UUID> vouchers = new HashMap<>();
        for (int i = 0; i < sending.size(); i++) {
            vouchers.put(sending.get(i).id().uuid(), issued.get(i).id());
        }
        Offers.attachVouchers(tx, vouchers);
    }
}
