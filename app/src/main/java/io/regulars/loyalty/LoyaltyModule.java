package io.regulars.loyalty;

import io.regulars.events.Outbox;
import io.regulars.loyalty.adjustments.AdjustPoints;
import io.regulars.loyalty.adjustments.AdjustmentResource;
import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.ManageMembers;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberResource;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.members.Reassessing;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.nightly.NightlyWork;
import io.regulars.loyalty.program.EditProgram;
import io.regulars.loyalty.program.FirstProgram;
import io.regulars.loyalty.program.ProgramResource;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.ActivitiesOfMember;
import io.regulars.loyalty.purchases.ActivityResource;
import io.regulars.loyalty.purchases.PurchaseResource;
import io.regulars.loyalty.purchases.PurchasesModule;
import io.regulars.loyalty.purchases.PurchasesOfMember;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.RefundPurchase;
import io.regulars.loyalty.purchases.RefundResource;
import io.regulars.loyalty.purchases.TransactionResource;
import io.regulars.loyalty.rewards.ReferralsOfMember;
import io.regulars.loyalty.rewards.RewardResource;
import io.regulars.loyalty.rewards.VoucherResource;
import io.regulars.loyalty.rewards.VouchersOfMember;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.work.LaneWorkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The storey's objects. */
public final class LoyaltyModule {

    private static final int NIGHT_WORKERS = 2;

    private final TenantDb tenants;
    private final Programs programs = new Programs();
    private final EditProgram editProgram;
    private final EnrolMembers enrolMembers;
    private final PurchasesModule purchases;
    private final List<Belongings> belongings;

    /**
     * @param onNewZone hears of a shop that got a member in a time zone it had none in
     * @param belongings what members have in the storeys above
     */
    public LoyaltyModule(
            TenantDb tenants, Consumer<TenantRef> onNewZone, List<Belongings> belongings) {
        this.tenants = tenants;
        this.belongings =
                Stream.concat(
                                Stream.of(
                                        new PurchasesOfMember(),
                                        new ActivitiesOfMember(),
                                        new VouchersOfMember(),
                                        new ReferralsOfMember()),
                                belongings.stream())
                        .toList();
        this.editProgram = new EditProgram(tenants, programs);
        NewZones newZones = new NewZones(onNewZone);
        this.enrolMembers = new EnrolMembers(programs, newZones, List.of());
        this.purchases = new PurchasesModule(tenants, programs);
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

    public OpeningBalances openingBalances() {
        return new OpeningBalances(programs);
    }

    public RefundPurchase refundPurchase() {
        return purchases.refundPurchase();
    }

    public RecordPurchases recordPurchases() {
        return purchases.recordPurchases();
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
                AdjustmentResource.class,
                TransactionResource.class,
                PurchaseResource.class,
                RefundResource.class,
                ActivityResource.class,
                RewardResource.class,
                VoucherResource.class);
    }

    public List<Object> endpoints() {
        List<Object> endpoints = new ArrayList<>(purchases.endpoints());
        endpoints.addAll(
                List.of(
                        new ProgramResource(editProgram),
                        new MemberResource(
                                new ManageMembers(
                                        tenants,
                                        enrolMembers,
                                        programs,
                                        new ManageMembers.Following(
                                                belongings, tiersAfterMerge()))),
                        new AdjustmentResource(new AdjustPoints(tenants, programs)),
                        new TransactionResource(tenants, programs),
                        new RewardResource(tenants, programs),
                        new VoucherResource(tenants)));
        return endpoints;
    }

    /** A merge brings purchases and points together, on which tiers hang. */
    private Reassessing tiersAfterMerge() {
        return (tx, members) -> {
            List<UUID> ids = members.stream().map(MemberId::uuid).toList();
            Ledger ledger = Ledger.lock(tx, ids);
            TierBook book = TierBook.openForRefund(tx, programs.history(tx), ids);
            ids.forEach(id -> book.settle(ledger, id, Cause.PURCHASE));
            ledger.write();
            Outbox.append(tx, book.events());
        };
    }
}
