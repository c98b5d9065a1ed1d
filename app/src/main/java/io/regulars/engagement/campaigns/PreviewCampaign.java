package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.campaigns.PlanMessages.Screened;
import io.regulars.engagement.mail.MessageId;
import io.regulars.engagement.mail.Rehearsal;
import io.regulars.loyalty.adjustments.GiftPoints;
import io.regulars.loyalty.members.AllMembers;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.members.SampleMember;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.purchases.RecentBuyers;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.smtp.Handover;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what a campaign would do and how its mail looks, before anybody gets it. */
final class PreviewCampaign {

    private static final int MOST = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final int ALL = 100;

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final Programs programs;
    private final CampaignKinds kinds;
    private final PlanMessages messages;
    private final Rehearsal rehearsal;

    PreviewCampaign(Tools tools, PlanMessages messages, Rehearsal rehearsal) {
        this.tenants = tools.tenants();
        this.directory = tools.directory();
        this.programs = tools.programs();
        this.kinds = tools.kinds();
        this.messages = messages;
        this.rehearsal = rehearsal;
    }

    /** What it works with. */
    record Tools(
            TenantDb tenants, TenantDirectory directory, Programs programs, CampaignKinds kinds) {}

    /**
     * What the next day on which somebody is due brings; for a kind that answers to events, what
     * would become of everybody.
     *
     * @param nextAt when it goes out next; null if it answers to events, or finds nobody
     * @param complete false if there are more than were looked at
     * @param reader whom the mail is written for; null while there is no member: somebody made up
     */
    record Preview(
            @Nullable Instant nextAt,
            int audience,
            int planned,
            Map<String, Integer> skipped,
            boolean complete,
            Cost cost,
            @Nullable MemberId reader,
            Rehearsal.Written mail) {}

    /**
     * What the offers may cost.
     *
     * @param each what one voucher is worth, in minor units; null where that cannot be told
     * @param atMost if all are used
     * @param points that are given
     */
    record Cost(
            int mails,
            int vouchers,
            @Nullable Long each,
            @Nullable Long atMost,
            String currency,
            long points) {}

    /** What the next rounds would find. */
    private record Outlook(@Nullable Instant nextAt, List<Screened> screened) {}

    Preview preview(TenantRef side, String id, @Nullable MemberKey key) {
        return tenants.inTransaction(
                side,
                tx -> {
                    Campaign campaign = find(tx, id);
                    Outlook outlook = tx.within(PATIENCE, () -> outlook(tx, campaign));
                    Map<String, Integer> skipped = new TreeMap<>();
                    int planned = 0;
                    for (Screened one : outlook.screened()) {
                        if (one.reason() == null) {
                            planned++;
                        } else {
                            skipped.merge(one.reason().key(), 1, Integer::sum);
                        }
                    }
                    Optional<Member> reader = reader(tx, outlook, key);
                    return new Preview(
                            outlook.nextAt(),
                            outlook.screened().size(),
                            planned,
                            skipped,
                            outlook.screened().size() < MOST,
                            cost(tx, campaign, planned),
                            reader.map(Member::id).orElse(null),
                            rehearsal.show(trial(tx, campaign, outlook, reader)));
                });
    }

    /**
     * Sends the mail to somebody of the shop, as this member would get it.
     *
     * @throws Problem 429 where a new shop has sent enough today; 503 when the relay does not take
     *     it
     */
    void testSend(TenantRef side, String id, Mailbox to, @Nullable MemberKey key) {
        // The shop may look at its mails while it has stopped them; one that is held may not write
        // to anybody.
        Tenant tenant = directory.tenant(side.id()).orElseThrow();
        if (tenant.standing().heldBecause() != null) {
            throw Problem.of(ProblemType.CONFLICT, "The operator of this service holds all mail.");
        }
        Rehearsal.Trial trial =
                tenants.inTransaction(
                        side,
                        tx -> {
                            Campaign campaign = find(tx, id);
                            Outlook outlook =
                                    key == null
                                            ? tx.within(PATIENCE, () -> outlook(tx, campaign))
                                            : new Outlook(null, List.of());
                            Rehearsal.Trial written =
                                    trial(tx, campaign, outlook, reader(tx, outlook, key));
                            rehearsal.count(tx, tenant);
                            return written;
                        });
        Instant now = tenants.inTransaction(side, TenantTx::now);
        if (!(rehearsal.send(side, trial, to, now) instanceof Handover.Accepted)) {
            throw Problem.of(ProblemType.UNAVAILABLE, "The mail was not taken; try again.")
                    .retryAfter(Duration.ofSeconds(30));
        }
    }

    private Outlook outlook(TenantTx tx, Campaign campaign) {
        Rounds rounds = new Rounds(tx, kinds);
        Dues dues = new Dues(tx, kinds, messages);
        Set<ZoneId> zones = rounds.zones();
        List<Screened> screened = new ArrayList<>();
        if (kinds.answering(campaign).isPresent()) {
            for (ZoneId zone : zones) {
                Slot now = new Slot(LocalTimes.day(tx.now(), zone), zone, tx.now(), tx.now());
                screened.addAll(dues.asIfAllDue(campaign, now, MOST - screened.size()));
            }
            return new Outlook(null, screened);
        }
        Optional<Instant> next = rounds.nextWithSomebody(campaign);
        if (next.isPresent()) {
            Instant before = next.get().minusMillis(1);
            for (Slot slot :
                    kinds.of(campaign)
                            .slots(campaign.definition(), zones, before, before.plus(A_DAY))) {
                screened.addAll(dues.of(campaign, slot, MOST - screened.size()));
            }
        }
        return new Outlook(next.orElse(null), screened);
    }

    /** Whom the mail is written for: the one asked for, else one who gets it, else anybody. */
    private static Optional<Member> reader(TenantTx tx, Outlook outlook, @Nullable MemberKey key) {
        if (key != null) {
            return Optional.of(MemberDirectory.require(tx, key, "/member"));
        }
        Optional<MemberId> chosen =
                outlook.screened().stream()
                        .filter(one -> one.reason() == null)
                        .map(one -> one.due().member())
                        .findFirst();
        return chosen.or(() ->
                        AllMembers.batch(tx, tx.tenant().zone(), null, new UUID(-1L, -1L), 1)
                                .stream()
                                .map(MemberId::new)
                                .findFirst())
                .flatMap(id -> MemberDirectory.find(tx, id));
    }

    private Rehearsal.Trial trial(
            TenantTx tx, Campaign campaign, Outlook outlook, Optional<Member> reader) {
        Tenant tenant = directory.tenant(tx.tenant().id()).orElseThrow();
        // An offer that is shown is one that was given: it is taken back with all the rest.
        return tx.asIf(() -> {
            Member member = reader.orElseGet(() -> SampleMember.enrol(tx, programs));
            String occurrence = occurrence(tx, campaign, outlook, member);
            return rehearsal.rehearse(tx, tenant, sketch(tx, campaign, occurrence, member), member);
        });
    }

    private Rehearsal.Sketch sketch(
            TenantTx tx, Campaign campaign, String occurrence, Member member) {
        CampaignKind kind = kinds.of(campaign);
        Campaign.Offer offer = campaign.definition().offer();
        Long points = offer == null ? null : offer.points();
        return new Rehearsal.Sketch(
                kind.message(),
                kind.messageClass(campaign.definition()),
                occurrence,
                dueAt(tx, campaign, occurrence, member),
                campaign.id().uuid(),
                voucher(tx, campaign, member).orElse(null),
                points,
                offer == null || points == null
                        ? null
                        : new GiftPoints(programs)
                                .give(
                                        tx,
                                        List.of(
                                                new GiftPoints.Gift(
                                                        member.id().uuid(),
                                                        MessageId.next().toString())),
                                        PlanMessages.pointsOf(campaign, offer)));
    }

    /** Long enough before the day that it is about, where the campaign says so; else now. */
    private Instant dueAt(TenantTx tx, Campaign campaign, String occurrence, Member member) {
        return kinds.of(campaign) instanceof YearlyKind
                ? LocalTimes.at(
                        LocalDate.parse(occurrence).minusDays(campaign.definition().daysBefore()),
                        campaign.definition().at(),
                        member.timeZone() == null
                                ? tx.tenant().zone()
                                : ZoneId.of(member.timeZone()))
                : tx.now();
    }

    private static String occurrence(
            TenantTx tx, Campaign campaign, Outlook outlook, Member member) {
        return outlook.screened().stream()
                .filter(one -> one.due().member().equals(member.id()))
                .map(one -> one.due().occurrence())
                .findFirst()
                .orElseGet(() ->
                        LocalTimes.day(tx.now(), tx.tenant().zone())
                                .plusDays(campaign.definition().daysBefore())
                                .toString());
    }

    private Optional<UUID> voucher(TenantTx tx, Campaign campaign, Member member) {
        Campaign.Offer offer = campaign.definition().offer();
        return reward(tx, campaign)
                .map(reward ->
                        Vouchers.issue(
                                        tx,
                                        List.of(member.id()),
                                        reward,
                                        offer == null ? null : offer.validDays(),
                                        Vouchers.CAMPAIGN,
                                        campaign.id().uuid())
                                .getFirst()
                                .id());
    }

    private Optional<Reward> reward(TenantTx tx, Campaign campaign) {
        Campaign.Offer offer = campaign.definition().offer();
        return offer == null || offer.reward() == null
                ? Optional.empty()
                : programs.inForce(tx).program().reward(offer.reward());
    }

    private Cost cost(TenantTx tx, Campaign campaign, int planned) {
        String currency = programs.inForce(tx).program().currency();
        Optional<Reward> reward = reward(tx, campaign);
        Long each =
                switch (reward.map(Reward::kind).orElse(null)) {
                    case null -> null;
                    case AMOUNT_OFF -> reward.get().amount();
                    case PERCENT_OFF ->
                            RecentBuyers.averageAmount(tx, tx.now().minus(A_YEAR))
                                    * Optional.ofNullable(reward.get().percent()).orElse(0)
                                    / ALL;
                    default ->
                            reward.get().cost() == null
                                    ? reward.get().value()
                                    : reward.get().cost();
                };
        return new Cost(
                planned,
                reward.isPresent() ? planned : 0,
                each,
                each == null ? null : each * planned,
                currency,
                Optional.ofNullable(campaign.definition().offer())
                                .map(Campaign.Offer::points)
                                .orElse(0L)
                        * planned);
    }

    static Campaign find(TenantTx tx, String id) {
        return CampaignId.parse(id)
                .flatMap(new CampaignDao(tx)::find)
                .orElseThrow(() -> Problem.notFound("campaign"));
    }
}
