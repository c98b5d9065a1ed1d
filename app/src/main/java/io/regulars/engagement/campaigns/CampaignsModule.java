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
import java.util.Map;

/** The room's objects. */
public final class CampaignsModule {

    private final PlanCampaigns planner;
    private final BirthdayOffersJob birthdayOffers;
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
        this.planner =
                new PlanCampaigns(
                        outside.tenants(), outside.programs(), schedules, outside.lanes());
        this.birthdayOffers =
                new BirthdayOffersJob(schedules, outside.directory(), outside.lanes());
        this.resource =
                new CampaignResource(
                        new EditCampaigns(
                                outside.tenants(),
                                outside.registry(),
                                outside.programs(),
                                planner,
                                schedules,
                                outside.lanes()));
    }

    public LaneWork planner() {
        return planner;
    }

    public TickJob birthdayOffers() {
        return birthdayOffers;
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
