package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.Campaign.Definition;
import io.regulars.engagement.campaigns.Campaign.State;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes campaigns and moves them through their life: draft → active ⇄ paused → cancelled. */
public final class EditCampaigns {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_DAYS_BEFORE = 60;

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final Programs programs;
    private final PlanCampaigns planner;
    private final Schedules schedules;
    private final Lanes lanes;

    EditCampaigns(
            TenantDb tenants,
            TenantDirectory directory,
            Programs programs,
            PlanCampaigns planner,
            Schedules schedules,
            Lanes lanes) {
        this.tenants = tenants;
        this.directory = directory;
        this.programs = programs;
        this.planner = planner;
        this.schedules = schedules;
        this.lanes = lanes;
    }

    Campaign create(TenantRef tenant, String name, Campaign.Kind kind, Definition definition) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    check(tx, name, definition);
                    Campaign campaign =
                            new Campaign(
                                    CampaignId.next(),
                                    name,
                                    kind,
                                    State.DRAFT,
                                    definition,
                                    null,
                                    null,
                                    1,
                                    tx.now(),
                                    tx.now());
                    new CampaignDao(tx).insert(campaign);
                    return campaign;
                });
    }

    Campaign get(TenantRef tenant, String id) {
        return tenants.inTransaction(tenant, tx -> find(id, new CampaignDao(tx)::find));
    }

    Page<Campaign> list(TenantRef tenant, PageRequest page) {
        return tenants.inTransaction(
                tenant,
                tx ->
                        page.page(
                                new CampaignDao(tx).page(Positions.id(page.after()), page.fetch()),
                                campaign -> campaign.id().uuid().toString(),
                                Function.identity()));
    }

    /**
     * Changes what is said of a campaign; null leaves a part as it is. What is planned already
     * stays as planned.
     */
    Campaign change(
            TenantRef tenant,
            String id,
            @Nullable String name,
            Campaign.@Nullable Offer offer,
            Campaign.@Nullable Schedule schedule,
            Optional<Integer> expectedVersion) {
        Campaign changed =
                tenants.inTransaction(
                        tenant,
                        tx -> {
                            CampaignDao dao = new CampaignDao(tx);
                            Campaign before = find(id, dao::findLocked);
                            if (expectedVersion.isPresent()
                                    && expectedVersion.get() != before.version()) {
                                throw Problem.of(
                                        ProblemType.PRECONDITION_FAILED,
                                        "The campaign was changed in the meantime; read it again.");
                            }
                            Definition definition =
                                    new Definition(
                                            offer == null ? before.definition().offer() : offer,
                                            schedule == null
                                                    ? before.definition().schedule()
                                                    : schedule);
                            String newName = name == null ? before.name() : name;
                            check(tx, newName, definition);
                            boolean otherHour = !definition.at().equals(before.definition().at());
                            dao.update(before.id(), newName, definition, otherHour);
                            return dao.find(before.id()).orElseThrow();
                        });
        reschedule(tenant, changed);
        return changed;
    }

    /**
     * @throws Problem 422 {@code sender_identity_missing}, 409 {@code campaign_state}
     */
    Campaign activate(TenantRef tenant, String id) {
        List<String> missing =
                directory.tenant(tenant.id()).orElseThrow().profile().missingOfSenderIdentity();
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ProblemType.SENDER_IDENTITY_MISSING,
                            "Advertising mail must say who it is from; set "
                                    + String.join(", ", missing)
                                    + " with PATCH /v1/tenant first.")
                    .with("missing", missing);
        }
        return move(tenant, id, State.ACTIVE, Set.of(State.DRAFT));
    }

    Campaign pause(TenantRef tenant, String id) {
        return move(tenant, id, State.PAUSED, Set.of(State.ACTIVE));
    }

    Campaign resume(TenantRef tenant, String id) {
        return move(tenant, id, State.ACTIVE, Set.of(State.PAUSED));
    }

    Campaign cancel(TenantRef tenant, String id) {
        return move(tenant, id, State.CANCELLED, Set.of(State.DRAFT, State.ACTIVE, State.PAUSED));
    }

    Page<RunDao.Run> runs(TenantRef tenant, String id, PageRequest page) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Campaign campaign = find(id, new CampaignDao(tx)::find);
                    return page.page(
                            new RunDao(tx)
                                    .page(campaign.id(), Positions.id(page.after()), page.fetch()),
                            run -> run.id().uuid().toString(),
                            Function.identity());
                });
    }

    private Campaign move(TenantRef tenant, String id, State to, Set<State> from) {
        Campaign moved =
                tenants.inTransaction(
                        tenant,
                        tx -> {
                            CampaignDao dao = new CampaignDao(tx);
                            Campaign before = find(id, dao::findLocked);
                            if (before.state() == to) {
                                return before;
                            }
                            if (!from.contains(before.state())) {
                                throw Problem.of(
                                        ProblemType.CAMPAIGN_STATE,
                                        "The campaign is "
                                                + CampaignDao.key(before.state())
                                                + "; this is not possible from there.");
                            }
                            dao.setState(
                                    before.id(),
                                    to,
                                    before.activatedAt() == null && to == State.ACTIVE
                                            ? tx.now()
                                            : before.activatedAt());
                            switch (to) {
                                case CANCELLED -> {
                                    new RunDao(tx).cancelOpen(before.id());
                                    Messages.withdraw(tx, before.id().uuid());
                                }
                                case ACTIVE -> Messages.release(tx, before.id().uuid());
                                case DRAFT, PAUSED -> {
                                    // What is planned waits for the campaign to go on.
                                }
                            }
                            return dao.find(before.id()).orElseThrow();
                        });
        reschedule(tenant, moved);
        return moved;
    }

    private void reschedule(TenantRef tenant, Campaign campaign) {
        if (campaign.state() == State.ACTIVE) {
            lanes.note(PlanCampaigns.QUEUE, tenant);
            lanes.note(Messages.QUEUE, tenant);
            if (!tenant.isTest()) {
                planner.schedule(tenant, campaign);
            }
        } else if (!tenant.isTest()) {
            schedules.remove(tenant.id(), campaign.id());
        }
    }

    private static Campaign find(String id, Function<CampaignId, Optional<Campaign>> find) {
        return CampaignId.parse(id).flatMap(find).orElseThrow(() -> Problem.notFound("campaign"));
    }

    private void check(TenantTx tx, String name, Definition definition) {
        List<FieldError> errors = new ArrayList<>();
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.add(
                    new FieldError(
                            "/name",
                            "invalid_text",
                            "Must have 1 to " + LONGEST_NAME + " characters."));
        }
        if (definition.daysBefore() < 0 || definition.daysBefore() > MOST_DAYS_BEFORE) {
            errors.add(
                    new FieldError(
                            "/schedule/days_before",
                            "out_of_range",
                            "Must be 0 to " + MOST_DAYS_BEFORE + "."));
        }
        if (!definition.at().isBefore(Campaign.Schedule.LATEST)) {
            errors.add(
                    new FieldError(
                            "/schedule/at",
                            "out_of_range",
                            "Must lie before "
                                    + Campaign.Schedule.LATEST
                                    + ", when it is too late."));
        }
        if (definition.offer() != null) {
            offer(tx, definition.offer(), errors);
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private void offer(TenantTx tx, Campaign.Offer offer, List<FieldError> errors) {
        Optional<Reward> reward = programs.inForce(tx).program().reward(offer.reward());
        if (reward.isEmpty()) {
            errors.add(
                    new FieldError(
                            "/offer/reward",
                            "unknown_reward",
                            String.format(
                                    Locale.ROOT,
                                    "The published program has no reward %s.",
                                    offer.reward())));
        }
        if (offer.validDays() != null && (offer.validDays() < 1 || offer.validDays() > 3650)) {
            errors.add(new FieldError("/offer/valid_days", "out_of_range", "Must be 1 to 3650."));
        }
    }
}
