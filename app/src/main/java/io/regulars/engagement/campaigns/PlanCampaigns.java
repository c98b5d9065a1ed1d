package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.BirthdayRule.Decision;
import io.regulars.engagement.campaigns.RunDao.Run;
import io.regulars.engagement.mail.MessageId;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.BirthdayAudience;
import io.regulars.loyalty.members.BirthdayMember;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans what is due in one tenant: begins the runs whose hour has come, and takes each through its
 * audience, batch by batch. A batch writes offers, messages and the checkpoint in one transaction,
 * so a crash repeats nothing.
 */
public final class PlanCampaigns implements LaneWork {

    public static final String QUEUE = "campaigns";

    private static final int BATCH = 500;
    private static final int BATCHES_PER_SLICE = 10;

    private final TenantDb tenants;
    private final Programs programs;
    private final Schedules schedules;
    private final Lanes lanes;
    private final AgeLimits ageLimits = new AgeLimits();

    PlanCampaigns(TenantDb tenants, Programs programs, Schedules schedules, Lanes lanes) {
        this.tenants = tenants;
        this.programs = programs;
        this.schedules = schedules;
        this.lanes = lanes;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        List<Campaign> active = tenants.inTransaction(tenant, PlanCampaigns::decideRounds);
        boolean more = true;
        for (int i = 0; i < BATCHES_PER_SLICE && more; i++) {
            more = tenants.inTransaction(tenant, this::nextBatch);
        }
        if (more) {
            return Optional.of(Instant.EPOCH);
        }
        if (!tenant.isTest()) {
            active.forEach(campaign -> schedule(tenant, campaign));
        }
        // A live side is woken by the tick, a test side by its clock.
        return Optional.empty();
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    List<Campaign> active = new CampaignDao(tx).active();
                    Rounds rounds = new Rounds(tx);
                    if (new RunDao(tx).nextOpen().isPresent() || rounds.isAnyOpen(active)) {
                        return Optional.of(tx.now());
                    }
                    // Nobody joins while a test clock is advanced, so it may pass over the days on
                    // which nobody is due. On a live side a member may be made at any moment.
                    return active.stream()
                            .flatMap(campaign ->
                                    tenant.isTest()
                                            ? rounds.nextWithSomebody(campaign).stream()
                                            : Stream.of(rounds.nextHour(campaign)))
                            .min(Comparator.naturalOrder());
                });
    }

    /** Says in control when this campaign has something to do again. */
    void schedule(TenantRef tenant, Campaign campaign) {
        Instant next = tenants.inTransaction(tenant, tx -> new Rounds(tx).nextHour(campaign));
        schedules.put(tenant.id(), campaign.id(), campaign.kind(), next);
    }

    private static List<Campaign> decideRounds(TenantTx tx) {
        List<Campaign> active = new CampaignDao(tx).active();
        new Rounds(tx).decide(active);
        return active;
    }

    /** Takes the earliest open run one batch on; false when there is none. */
    private boolean nextBatch(TenantTx tx) {
        Optional<Run> open = new RunDao(tx).nextOpen();
        if (open.isEmpty()) {
            return false;
        }
        Run run = open.get();
        Campaign campaign = new CampaignDao(tx).find(run.campaignId()).orElseThrow();
        LocalDate birthday = run.localDay().plusDays(campaign.definition().daysBefore());
        List<BirthdayMember> batch =
                BirthdayAudience.batch(
                        tx,
                        BirthdayRule.daysOfBirth(birthday, campaign.definition().leapDay()),
                        birthday,
                        run.zone(),
                        run.cursor(),
                        run.fence(),
                        BATCH);
        Tally tally = plan(tx, campaign, run, birthday, batch);
        new RunDao(tx).advance(advanced(tx, run, batch, tally));
        if (tally.planned() > 0) {
            tx.afterCommit(() -> lanes.note(Messages.QUEUE, tx.tenant()));
        }
        return true;
    }

    /** What became of a batch. */
    private record Tally(int planned, Map<String, Integer> skipped) {}

    private Tally plan(
            TenantTx tx,
            Campaign campaign,
            Run run,
            LocalDate birthday,
            List<BirthdayMember> batch) {
        Map<UUID, LocalDate> latest =
                Messages.latestDays(
                        tx, "birthday", batch.stream().map(m -> m.id().uuid()).toList());
        int minimumAge = ageLimits.in(tx.tenant().country());
        boolean tooLate = tx.now().isAfter(run.notAfter());
        Map<String, Integer> skipped = new TreeMap<>();
        List<Messages.Plan> plans = new ArrayList<>();
        for (BirthdayMember member : batch) {
            Decision decision =
                    BirthdayRule.decide(
                            member,
                            birthday,
                            Optional.ofNullable(latest.get(member.id().uuid())),
                            minimumAge);
            switch (decision) {
                case Decision.HadIt hadIt -> {}
                case Decision.NoConsent noConsent -> skipped.merge("no_consent", 1, Integer::sum);
                case Decision.Skip skip -> plans.add(planFor(member, skip.reason()));
                case Decision.Send send -> plans.add(planFor(member, tooLate ? "too_late" : null));
            }
        }
        Set<UUID> planned = Messages.plan(tx, occasion(campaign, run, birthday), plans);
        List<Messages.Plan> sending = new ArrayList<>();
        for (Messages.Plan plan : plans) {
            if (planned.contains(plan.id().uuid())) {
                if (plan.skipReason() == null) {
                    sending.add(plan);
                } else {
                    skipped.merge(plan.skipReason(), 1, Integer::sum);
                }
            }
        }
        issueOffers(tx, campaign, sending);
        return new Tally(sending.size(), skipped);
    }

    private static Messages.Plan planFor(BirthdayMember member, @Nullable String skipReason) {
        return new Messages.Plan(MessageId.next(), member.id(), skipReason);
    }

    private static Messages.Occasion occasion(Campaign campaign, Run run, LocalDate birthday) {
        return new Messages.Occasion(
                "birthday",
                Messages.MessageClass.ADVERTISING,
                birthday.toString(),
                campaign.id().uuid(),
                run.id().uuid(),
                run.dueAt(),
                run.notAfter());
    }

    private void issueOffers(TenantTx tx, Campaign campaign, List<Messages.Plan> sending) {
        Campaign.Offer offer = campaign.definition().offer();
        if (offer == null || sending.isEmpty()) {
            return;
        }
        // A reward that a later program dropped is still what the campaign promised.
        Optional<Reward> reward =
                programs.history(tx).versions().reversed().stream()
                        .flatMap(version -> version.program().reward(offer.reward()).stream())
                        .findFirst();
        List<MemberId> members = sending.stream().map(Messages.Plan::member).toList();
        List<Vouchers.Issued> issued =
                Vouchers.issue(
                        tx,
                        members,
                        reward.orElseThrow(),
                        offer.validDays(),
                        "campaign",
                        campaign.id().uuid());
        Map<UUID, UUID> vouchers = new HashMap<>();
        for (int i = 0; i < sending.size(); i++) {
            vouchers.put(sending.get(i).id().uuid(), issued.get(i).id());
        }
        Messages.attachVouchers(tx, vouchers);
    }

    private static Run advanced(TenantTx tx, Run run, List<BirthdayMember> batch, Tally tally) {
        Map<String, Integer> skipped = new TreeMap<>(run.skipped());
        tally.skipped().forEach((reason, count) -> skipped.merge(reason, count, Integer::sum));
        boolean done = batch.size() < BATCH;
        return new Run(
                run.id(),
                run.campaignId(),
                run.localDay(),
                run.zone(),
                done ? "done" : "running",
                run.dueAt(),
                run.notAfter(),
                run.fence(),
                batch.isEmpty() ? run.cursor() : batch.getLast().id().uuid(),
                run.audience() + batch.size(),
                run.planned() + tally.planned(),
                skipped,
                run.startedAt(),
                done ? tx.now() : null);
    }
}
