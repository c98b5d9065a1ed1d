package io.regulars.engagement.campaigns;

import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import io.regulars.platform.work.TenantDirectory;
import io.regulars.tenancy.tenants.ChecklistSource;
import java.util.List;
import java.util.Map;

/** The room's objects. */
public final class CampaignsModule {

    private final PlanCampaigns planner;
    private final List<TickJob> jobs;
    private final CampaignResource resource;
    private final ChecklistSource checklist;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            ControlDb control,
            io.regulars.tenancy.tenants.TenantDirectory registry,
            TenantDirectory directory,
            Programs programs,
            Lanes lanes) {}

    public CampaignsModule(Outside outside) {
        this.checklist = new FirstMail(outside.tenants());
        Schedules schedules = new Schedules(outside.control());
        CampaignKinds kinds = new CampaignKinds(outside.programs());
        this.planner =
                new PlanCampaigns(
                        outside.tenants(),
                        kinds,
                        new PlanBatch(outside.programs(), kinds, new AgeLimits()),
                        schedules,
                        outside.lanes());
        DueShops shops = new DueShops(schedules, outside.directory(), outside.lanes());
        this.jobs =
                List.of(
                        new BirthdayOffersJob(shops),
                        new AnniversaryDiscountsJob(shops),
                        new MonthlyProgressJob(shops),
                        new WinBackJob(shops),
                        new PointsExpiringJob(shops));
        this.resource =
                new CampaignResource(
                        new EditCampaigns(
                                outside.tenants(),
                                outside.registry(),
                                new CheckCampaign(outside.programs(), kinds, outside.registry()),
                                planner,
                                schedules,
                                outside.lanes()),
                        kinds);
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

    public CampaignResource resource() {
        return resource;
    }
}
