package io.regulars.loyalty;

import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.ManageMembers;
import io.regulars.loyalty.members.MemberResource;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.EditProgram;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.loyalty.publishing.PresetResource;
import io.regulars.loyalty.publishing.ProgramResource;
import io.regulars.loyalty.publishing.PublishProgram;
import io.regulars.loyalty.publishing.RewardsInUse;
import io.regulars.loyalty.purchases.BookPurchase;
import io.regulars.loyalty.purchases.PurchaseResource;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.TransactionResource;
import io.regulars.loyalty.rewards.RewardResource;
import io.regulars.loyalty.rewards.VoucherResource;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.Profile;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The storey's objects. */
public final class LoyaltyModule {

    private final TenantDb tenants;
    private final Programs programs = new Programs();
    private final Presets presets = new Presets();
    private final EditProgram editProgram;
    private final PublishProgram publishProgram;
    private final NewZones newZones;
    private final EnrolMembers enrolMembers;
    private final RecordPurchases recordPurchases;

    /**
     * @param onNewZone hears of a shop that got a member in a time zone it had none in
     * @param rewardsInUse which rewards a program must not drop
     * @param profiles how a shop presents itself
     */
    public LoyaltyModule(
            TenantDb tenants,
            Consumer<TenantRef> onNewZone,
            RewardsInUse rewardsInUse,
            Function<TenantId, Profile> profiles) {
        this.tenants = tenants;
        this.editProgram = new EditProgram(tenants, programs, presets, rewardsInUse);
        this.publishProgram = new PublishProgram(tenants, programs, rewardsInUse, profiles);
        this.newZones = new NewZones(onNewZone);
        this.enrolMembers = new EnrolMembers(programs, newZones);
        this.recordPurchases = new RecordPurchases(programs);
    }

    public Programs programs() {
        return programs;
    }

    public EnrolMembers enrolMembers() {
        return enrolMembers;
    }

    public RecordPurchases recordPurchases() {
        return recordPurchases;
    }

    public Presets presets() {
        return presets;
    }

    /** What a new shop begins with. */
    public FirstProgram firstProgram() {
        return new FirstProgram(tenants, presets);
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(
                ProgramResource.class,
                PresetResource.class,
                MemberResource.class,
                TransactionResource.class,
                PurchaseResource.class,
                RewardResource.class,
                VoucherResource.class);
    }

    public List<Object> endpoints() {
        return List.of(
                new ProgramResource(editProgram, publishProgram),
                new PresetResource(presets),
                new MemberResource(new ManageMembers(tenants, enrolMembers, newZones)),
                new TransactionResource(tenants, programs),
                new PurchaseResource(new BookPurchase(tenants, recordPurchases, programs)),
                new RewardResource(tenants, programs),
                new VoucherResource(tenants));
    }
}
