package io.regulars.loyalty;

import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.ManageMembers;
import io.regulars.loyalty.members.MemberResource;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.nightly.NightlyWork;
import io.regulars.loyalty.program.EditProgram;
import io.regulars.loyalty.program.FirstProgram;
import io.regulars.loyalty.program.ProgramResource;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.BookPurchase;
import io.regulars.loyalty.purchases.PurchaseResource;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.TransactionResource;
import io.regulars.loyalty.rewards.RewardResource;
import io.regulars.loyalty.rewards.VoucherResource;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.work.LaneWorkers;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The storey's objects. */
public final class LoyaltyModule {

    private static final int NIGHT_WORKERS = 2;

    private final TenantDb tenants;
    private final Programs programs = new Programs();
    private final EditProgram editProgram;
    private final NewZones newZones;
    private final EnrolMembers enrolMembers;
    private final RecordPurchases recordPurchases;

    /**
     * @param onNewZone hears of a shop that got a member in a time zone it had none in
     */
    public LoyaltyModule(TenantDb tenants, Consumer<TenantRef> onNewZone) {
        this.tenants = tenants;
        this.editProgram = new EditProgram(tenants, programs);
        this.newZones = new NewZones(onNewZone);
        this.enrolMembers = new EnrolMembers(programs, newZones);
        this.recordPurchases = new RecordPurchases(programs);
    }

    /** What falls due at shops' midnights. */
    public void work(LaneWorkers workers) {
        workers.register(new NightlyWork(tenants, programs), NIGHT_WORKERS);
    }

    /** Whether a shop's points and tiers are right. */
    public CheckShop checkShop() {
        return new CheckShop(tenants, programs);
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

    /** What a new shop begins with. */
    public FirstProgram firstProgram() {
        return new FirstProgram(editProgram);
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(
                ProgramResource.class,
                MemberResource.class,
                TransactionResource.class,
                PurchaseResource.class,
                RewardResource.class,
                VoucherResource.class);
    }

    public List<Object> endpoints() {
        return List.of(
                new ProgramResource(editProgram),
                new MemberResource(new ManageMembers(tenants, enrolMembers, newZones, programs)),
                new TransactionResource(tenants, programs),
                new PurchaseResource(new BookPurchase(tenants, recordPurchases, programs)),
                new RewardResource(tenants, programs),
                new VoucherResource(tenants));
    }
}
