package io.regulars.engagement.campaigns;

import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.Rehearsal;
import io.regulars.engagement.segments.Segments;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.ChecklistSource;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the kinds of campaigns, what plans their mail, and the jobs that wake it. */
public final class CampaignsModule {

    private final PlanCampaigns planner;
    private final List<TickJob> jobs;
    private final List<Object> endpoints;
    private final ChecklistSource checklist;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            ControlDb control,
            TenantDirectory directory,
            Programs programs,
            MailLaws laws,
            Lanes lanes) {}

    public CampaignsModule(Outside outside, Rehearsal rehearsal) {
        this.checklist = new FirstMail(outside.tenants());
        Schedules schedules = new Schedules(outside.control());
        CampaignKinds kinds = new CampaignKinds(outside.programs());
        PlanMessages messages =
                new PlanMessages(
                        outside.programs(),
                        kinds,
                        new Segments(outside.programs()),
                        outside.laws());
        this.planner =
                new PlanCampaigns(
                        outside.tenants(),
                        kinds,
                        new AnswerEvents(kinds, messages, outside.lanes()),
                        new PlanBatch(kinds, messages),
                        schedules,
                        outside.lanes());
        DueShops shops = new DueShops(schedules, outside.directory(), outside.lanes());
        this.jobs =
                List.of(
                        new BirthdayOffersJob(shops),
                        new AnniversaryDiscountsJob(shops),
                        new MonthlyProgressJob(shops),
                        new WinBackJob(shops),
                        new PointsExpiringJob(shops),
                        new NpsJob(shops),
                        new BroadcastJob(shops));
        PreviewCampaign preview =
                new PreviewCampaign(
                        new PreviewCampaign.Tools(
                                outside.tenants(), outside.directory(), outside.programs(), kinds),
                        messages,
                        rehearsal);
        CampaignResource campaigns =
                new CampaignResource(
                        new EditCampaigns(
                                outside.tenants(),
                                outside.directory(),
                                kinds,
                                new CheckCampaign(outside.programs(), kinds, outside.directory()),
                                planner,
                                schedules,
                                outside.lanes()),
                        kinds);
        this.endpoints =
                List.of(
                        campaigns,
                        new CampaignPreviewResource(preview),
                        new CampaignTestSendResource(preview),
                        new CampaignExplainResource(
                                new ExplainCampaign(outside.tenants(), kinds, messages)),
                        new CampaignReportResource(outside.tenants()),
                        new CampaignCalendarResource(
                                new CampaignCalendar(outside.tenants(), kinds, messages)));
    }

    public LaneWork planner() {
        return planner;
    }

    public List<TickJob> jobs() {
        return jobs;
    }

    /** Which rewards campaigns give that run, or are paused; by reward, the campaign's name. */
    public static Map<String, String> rewardsInUse(TenantTx tx) {
        return new CampaignDao(tx).rewardsInUse();
    }

    /** Steps on the way to a shop's first mail. */
    public ChecklistSource checklist() {
        return checklist;
    }

    public List<Object> endpoints() {
        return endpoints;
    }

    /** The room's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(
                CampaignResource.class,
                CampaignPreviewResource.class,
                CampaignTestSendResource.class,
                CampaignExplainResource.class,
                CampaignReportResource.class,
                CampaignCalendarResource.class);
    }
}
