package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.Campaign.Definition;
import io.regulars.engagement.campaigns.Campaign.State;
import io.regulars.engagement.content.MailContent;
import io.regulars.engagement.mail.Messages;
import io.regulars.events.Audit;
import io.regulars.events.Outbox;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes campaigns and moves them through their life: draft → active ⇄ paused → completed or
 * cancelled.
 */
public final class EditCampaigns {

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final CampaignKinds kinds;
    private final CheckCampaign check;
    private final PlanCampaigns planner;
    private final Schedules schedules;
    private final Lanes lanes;

    EditCampaigns(
            TenantDb tenants,
            TenantDirectory directory,
            CampaignKinds kinds,
            CheckCampaign check,
            PlanCampaigns planner,
            Schedules schedules,
            Lanes lanes) {
        this.tenants = tenants;
        this.directory = directory;
        this.kinds = kinds;
        this.check = check;
        this.planner = planner;
        this.schedules = schedules;
        this.lanes = lanes;
    }

    Campaign create(TenantRef tenant, String name, Campaign.Kind kind, Definition definition) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    check.of(tx, name, kind, definition);
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
                    Audit.note(tx, "campaign.created", campaign.id().toString(), null, campaign);
                    return campaign;
                });
    }

    /** Makes a draft that says the same; for another round of a mail to everybody, above all. */
    Campaign duplicate(TenantRef tenant, String id) {
        Campaign original = get(tenant, id);
        String name = original.name() + " (copy)";
        return create(
                tenant,
                name.length() > CheckCampaign.LONGEST_NAME ? original.name() : name,
                original.kind(),
                original.definition());
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
     * What is to be said of a campaign from now on; null leaves a part as it is, and an empty one
     * takes it off.
     */
    record Change(
            @Nullable String name,
            Campaign.@Nullable Audience audience,
            Campaign.@Nullable Offer offer,
            Campaign.@Nullable Schedule schedule,
            @Nullable Integer holdoutPercent,
            @Nullable Map<String, MailContent> content) {

        Definition of(Definition before) {
            return new Definition(
                    merged(audience, before.audience(), new Campaign.Audience(null)),
                    merged(offer, before.offer(), Campaign.Offer.NONE),
                    merged(schedule, before.schedule(), Campaign.Schedule.NONE),
                    holdoutPercent == null ? before.holdoutPercent() : holdoutPercent,
                    merged(content, before.content(), Map.of()));
        }

        private static <T> @Nullable T merged(@Nullable T said, @Nullable T before, T empty) {
            return said == null ? before : said.equals(empty) ? null : said;
        }
    }

    /** Changes what is said of a campaign. What is planned already stays as planned. */
    Campaign change(TenantRef tenant, String id, Change change, IfMatch ifMatch) {
        Campaign changed =
                tenants.inTransaction(
                        tenant,
                        tx -> {
                            CampaignDao dao = new CampaignDao(tx);
                            Campaign before = find(id, dao::findLocked);
                            ifMatch.check(before.version(), "campaign");
                            if (before.state() == State.COMPLETED) {
                                throw wrongState(before);
                            }
                            Definition definition = change.of(before.definition());
                            String newName =
                                    Objects.requireNonNullElse(change.name(), before.name());
                            check.of(tx, newName, before.kind(), definition);
                            dao.update(
                                    before.id(),
                                    newName,
                                    definition,
                                    isOtherHour(before.definition(), definition));
                            Campaign after = dao.find(before.id()).orElseThrow();
                            Audit.note(
                                    tx, "campaign.changed", before.id().toString(), before, after);
                            return after;
                        });
        reschedule(tenant, changed);
        return changed;
    }

    private static boolean isOtherHour(Definition before, Definition after) {
        return !after.at().equals(before.at())
                || after.dayOfMonth() != before.dayOfMonth()
                || !Objects.equals(after.timing().startsAt(), before.timing().startsAt())
                || !Objects.equals(after.timing().startsLocal(), before.timing().startsLocal());
    }

    /**
     * @throws Problem 422 {@code sender_identity_missing}, 409 {@code campaign_state}
     */
    Campaign activate(TenantRef tenant, String id) {
        directory.tenant(tenant.id()).orElseThrow().profile().requireSenderIdentity();
        return move(tenant, id, State.ACTIVE, Set.of(State.DRAFT));
    }

    Campaign pause(TenantRef tenant, String id) {
        return move(tenant, id, State.PAUSED, Set.of(State.ACTIVE));
    }

    Campaign resume(TenantRef tenant, String id) {
        return move(tenant, id, State.ACTIVE, Set.of(State.PAUSED));
    }

    Campaign cancel(TenantRef tenant, String id) {
        return move(tenant, id, State.CANCELLED, Set.of(State.values()));
    }

    /**
     * Removes one that never ran; what others have brought about goes on speaking of them.
     *
     * @throws Problem 409 {@code campaign_state}
     */
    void delete(TenantRef tenant, String id) {
        tenants.run(
                tenant,
                tx -> {
                    CampaignDao dao = new CampaignDao(tx);
                    Campaign campaign = find(id, dao::findLocked);
                    if (campaign.activatedAt() != null) {
                        throw Problem.of(
                                ProblemType.CAMPAIGN_STATE,
                                "The campaign has run, and its mails and reports speak of it; cancel it instead.");
                    }
                    dao.delete(campaign.id());
                    Audit.note(tx, "campaign.deleted", campaign.id().toString(), campaign, null);
                });
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
                            if (to == State.ACTIVE && before.state() == State.DRAFT) {
                                check.start(tx, before);
                            }
                            if (!from.contains(before.state())) {
                                throw wrongState(before);
                            }
                            dao.setState(
                                    before.id(),
                                    to,
                                    before.activatedAt() == null && to == State.ACTIVE
                                            ? tx.now()
                                            : before.activatedAt());
                            dao.lockLive();
                            Outbox.await(tx, kinds.awaited(dao.live()));
                            switch (to) {
                                case CANCELLED -> {
                                    new RunDao(tx).cancelOpen(before.id());
                                    Messages.withdraw(tx, before.id().uuid());
                                }
                                case ACTIVE -> Messages.release(tx, before.id().uuid());
                                case DRAFT, PAUSED, COMPLETED -> {
                                    // What is planned waits for the campaign to go on.
                                }
                            }
                            Campaign after = dao.find(before.id()).orElseThrow();
                            Audit.note(
                                    tx,
                                    "campaign." + CampaignDao.key(to),
                                    before.id().toString(),
                                    before,
                                    after);
                            return after;
                        });
        reschedule(tenant, moved);
        return moved;
    }

    private static Problem wrongState(Campaign campaign) {
        return Problem.of(
                ProblemType.CAMPAIGN_STATE,
                "The campaign is "
                        + CampaignDao.key(campaign.state())
                        + "; this is not possible from there.");
    }

    private void reschedule(TenantRef tenant, Campaign campaign) {
        if (campaign.state() == State.ACTIVE) {
            lanes.note(PlanCampaigns.QUEUE, tenant);
            lanes.note(Messages.QUEUE, tenant);
            if (!tenant.isTest()) {
                planner.schedule(tenant, List.of(campaign));
            }
        } else if (!tenant.isTest()) {
            schedules.remove(tenant.id(), campaign.id());
        }
    }

    private static Campaign find(String id, Function<CampaignId, Optional<Campaign>> find) {
        return CampaignId.parse(id).flatMap(find).orElseThrow(() -> Problem.notFound("campaign"));
    }
}
