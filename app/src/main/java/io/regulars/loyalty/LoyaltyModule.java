package io.regulars.loyalty;

import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.ManageMembers;
import io.regulars.loyalty.members.MemberResource;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.program.EditProgram;
import io.regulars.loyalty.program.FirstProgram;
import io.regulars.loyalty.program.ProgramResource;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.ActivityResource;
import io.regulars.loyalty.purchases.PurchaseResource;
import io.regulars.loyalty.purchases.PurchasesModule;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.RefundResource;
import io.regulars.loyalty.purchases.TransactionResource;
import io.regulars.loyalty.referrals.ReferralResource;
import io.regulars.loyalty.rewards.RewardsModule;
import io.regulars.loyalty.stampcards.StampCardResource;
import io.regulars.loyalty.welcome.WelcomeMembers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.Lanes;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The storey's objects. */
public final class LoyaltyModule {

    private static final int HOLD_EXPIRERS = 1;

    private final TenantDb tenants;
    private final Programs programs = new Programs();
    private final EditProgram editProgram;
    private final NewZones newZones;
    private final EnrolMembers enrolMembers;
    private final PurchasesModule purchases;
    private final RewardsModule rewards;

    /**
     * What the storey takes from outside.
     *
     * @param onNewZone hears of a shop that got a member in a time zone it had none in
     * @param publicUrl under which the members' browsers reach the service
     */
    public record Outside(
            TenantDb tenants,
            Consumer<TenantRef> onNewZone,
            Lanes lanes,
            Signer signer,
            URI publicUrl) {}

    public LoyaltyModule(Outside outside) {
        this.tenants = outside.tenants();
        this.editProgram = new EditProgram(tenants, programs);
        this.newZones = new NewZones(outside.onNewZone());
        this.rewards =
                new RewardsModule(
                        new RewardsModule.Outside(
                                tenants,
                                programs,
                                outside.lanes(),
                                outside.signer(),
                                outside.publicUrl()));
        this.enrolMembers =
                new EnrolMembers(programs, newZones, List.of(new WelcomeMembers(programs)));
        this.purchases = new PurchasesModule(tenants, programs);
    }

    public Programs programs() {
        return programs;
    }

    public EnrolMembers enrolMembers() {
        return enrolMembers;
    }

    public RecordPurchases recordPurchases() {
        return purchases.recordPurchases();
    }

    public void work(LaneWorkers workers) {
        workers.register(rewards.expireHolds(), HOLD_EXPIRERS);
    }

    /** What a new shop begins with. */
    public FirstProgram firstProgram() {
        return new FirstProgram(editProgram);
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        Set<Class<?>> all = new HashSet<>(RewardsModule.resources());
        all.addAll(
                Set.of(
                        ProgramResource.class,
                        MemberResource.class,
                        TransactionResource.class,
                        PurchaseResource.class,
                        RefundResource.class,
                        ActivityResource.class,
                        ReferralResource.class,
                        StampCardResource.class));
        return all;
    }

    public List<Object> endpoints() {
        List<Object> endpoints = new ArrayList<>(purchases.endpoints());
        endpoints.addAll(rewards.endpoints());
        endpoints.addAll(
                List.of(
                        new ProgramResource(editProgram),
                        new MemberResource(new ManageMembers(tenants, enrolMembers, newZones)),
                        new TransactionResource(tenants, programs),
                        new ReferralResource(tenants),
                        new StampCardResource(tenants, programs)));
        return endpoints;
    }
}
