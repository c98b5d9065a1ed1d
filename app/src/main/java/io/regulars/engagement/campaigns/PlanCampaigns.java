package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plans what is due in one tenant: begins the runs whose hour has come, and takes each through its
 * audience, batch by batch. A batch writes offers, messages and the checkpoint in one transaction,
 * so a crash repeats nothing.
 */
public final class PlanCampaigns implements LaneWork {

    public static final String QUEUE = "campaigns";

    private static final int BATCHES_PER_SLICE = 10;

    /** How often it is looked whether the last mail of a campaign that goes out once has left. */
    private static final Duration LOOKING_AGAIN = Duration.ofMinutes(1);

    private final TenantDb tenants;
    private final CampaignKinds kinds;
    private final AnswerEvents answers;
    private final PlanBatch batch;
    private final Schedules schedules;
    private final Lanes lanes;

    PlanCampaigns(
            TenantDb tenants,
            CampaignKinds kinds,
            AnswerEvents answers,
            PlanBatch batch,
            Schedules schedules,
            Lanes lanes) {
        this.tenants = tenants;
        this.kinds = kinds;
        this.answers = answers;
        this.batch = batch;
        this.schedules = schedules;
        this.lanes = lanes;
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public Optional<Instant> serve(TenantRef tenant) {
        // First whoever waits for an answer: a mail to everybody may take many slices.
        boolean more = true;
        for (int i = 0; i < BATCHES_PER_SLICE && more; i++) {
            more = tenants.inTransaction(tenant, answers::next);
        }
        if (more) {
            return Optional.of(Instant.EPOCH);
        }
        List<Campaign> active = tenants.inTransaction(tenant, this::decideRounds);
        more = true;
        for (int i = 0; i < BATCHES_PER_SLICE && more; i++) {
            more = tenants.inTransaction(tenant, this::nextBatch);
        }
        if (more) {
            return Optional.of(Instant.EPOCH);
        }
        if (!tenant.isTest()) {
            schedule(tenant, active);
        }
        // A live side is woken by the tick, a test side by its clock.
        return tenants.inTransaction(tenant, this::end);
    }

    @Override
    public Optional<Instant> nextDue(TenantRef tenant) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    List<Campaign> active = new CampaignDao(tx).active();
                    Rounds rounds = new Rounds(tx, kinds);
                    if (Outbox.anyAwaited(tx)
                            || new RunDao(tx).nextOpen().isPresent()
                            || rounds.isAnyOpen(active)
                            || new Endings(tx, kinds).isAnyOver(active)) {
                        return Optional.of(tx.now());
                    }
                    // Nobody joins while a test clock is advanced, so it may pass over the days on
                    // which nobody is due. On a live side a member may be made at any moment.
                    return active.stream()
                            .flatMap(campaign ->
                                    (tenant.isTest()
                                                    ? rounds.nextWithSomebody(campaign)
                                                    : rounds.nextHour(campaign))
                                            .stream())
                            .min(Comparator.naturalOrder());
                });
    }

    /** Says in control when these campaigns have something to do again. */
    void schedule(TenantRef tenant, List<Campaign> active) {
        schedules.set(tenant.id(), tenants.inTransaction(tenant, tx -> nextHours(tx, active)));
    }

    private List<Schedules.Next> nextHours(TenantTx tx, List<Campaign> active) {
        Rounds rounds = new Rounds(tx, kinds);
        return Stream.concat(
                        active.stream()
                                .map(campaign ->
                                        new Schedules.Next(campaign, rounds.nextHour(campaign))),
                        // One that was held because its mails failed still stands in the schedule.
                        new CampaignDao(tx)
                                .live().stream()
                                        .filter(one -> one.state() == Campaign.State.PAUSED)
                                        .map(one -> new Schedules.Next(one, Optional.empty())))
                .toList();
    }

    private List<Campaign> decideRounds(TenantTx tx) {
        List<Campaign> active = new CampaignDao(tx).active();
        new Rounds(tx, kinds).decide(active);
        return active;
    }

    /** Ends what is over; answers when to look again, if something nearly is. */
    private Optional<Instant> end(TenantTx tx) {
        List<Campaign> active = new CampaignDao(tx).active();
        Endings endings = new Endings(tx, kinds);
        endings.note(active);
        return !tx.tenant().isTest() && endings.isAnyAwaited(active)
                ? Optional.of(tx.now().plus(LOOKING_AGAIN))
                : Optional.empty();
    }

    /** Takes the earliest open run one batch on; false when there is none. */
    private boolean nextBatch(TenantTx tx) {
        Optional<RunDao.Run> open = new RunDao(tx).nextOpen();
        if (open.isEmpty()) {
            return false;
        }
        if (batch.plan(tx, open.get()) > 0) {
            tx.afterCommit(() -> lanes.note(Messages.QUEUE, tx.tenant()));
        }
        return true;
    }
}
