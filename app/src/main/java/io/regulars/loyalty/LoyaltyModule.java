package io.regulars.loyalty;

import io.regulars.loyalty.adjustments.AdjustPoints;
import io.regulars.loyalty.adjustments.AdjustmentResource;
import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.members.AnswersOfMember;
import io.regulars.loyalty.members.Belongings;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.JoinProgram;
import io.regulars.loyalty.members.ManageMembers;
import io.regulars.loyalty.members.MemberLimit;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.members.MemberResource;
import io.regulars.loyalty.members.MemberViews;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.members.OwnCard;
import io.regulars.loyalty.members.ShowMembers;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.nightly.NightlyWork;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.EditProgram;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.loyalty.publishing.MoveProgramResource;
import io.regulars.loyalty.publishing.PresetResource;
import io.regulars.loyalty.publishing.ProgramResource;
import io.regulars.loyalty.publishing.PublishProgram;
import io.regulars.loyalty.publishing.RewardsInUse;
import io.regulars.loyalty.purchases.ActivitiesOfMember;
import io.regulars.loyalty.purchases.ActivityResource;
import io.regulars.loyalty.purchases.PurchaseResource;
import io.regulars.loyalty.purchases.PurchasesModule;
import io.regulars.loyalty.purchases.PurchasesOfMember;
import io.regulars.loyalty.purchases.RecordPurchases;
import io.regulars.loyalty.purchases.RefundPurchase;
import io.regulars.loyalty.purchases.RefundResource;
import io.regulars.loyalty.purchases.TransactionResource;
import io.regulars.loyalty.referrals.ReferralResource;
import io.regulars.loyalty.rewards.ReferralsOfMember;
import io.regulars.loyalty.rewards.RewardsModule;
import io.regulars.loyalty.rewards.VouchersOfMember;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.loyalty.stampcards.StampCardResource;
import io.regulars.loyalty.welcome.WelcomeMembers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.tenants.Profile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes what the storey consists of: members, purchases, ledger, tiers, rewards, programs. It knows
 * nothing of mail; what has to be told goes into the events.
 */
public final class LoyaltyModule {

    private static final int NIGHT_WORKERS = 2;
    private static final int HOLD_EXPIRERS = 1;

    private final TenantDb tenants;
    private final Programs programs = new Programs();
    private final Presets presets = new Presets();
    private final Function<TenantId, Optional<TenantRef>> testSides;
    private final EditProgram editProgram;
    private final PublishProgram publishProgram;
    private final EnrolMembers enrolMembers;
    private final PurchasesModule purchases;
    private final RewardsModule rewards;
    private final List<Belongings> belongings;
    private final MemberLinks memberLinks;

    /**
     * What the storey takes from outside.
     *
     * @param onNewZone hears of a shop that got a member in a time zone it had none in
     * @param belongings what members have in the storeys above
     * @param publicUrl under which the members' browsers reach the service
     */
    public record Outside(
            TenantDb tenants,
            Consumer<TenantRef> onNewZone,
            List<Belongings> belongings,
            Lanes lanes,
            Shops shops,
            Signer signer,
            URI publicUrl) {}

    /**
     * What the program must know of the shop.
     *
     * @param rewardsInUse which rewards a program must not drop
     * @param profiles how a shop presents itself
     * @param memberLimit how many members it may have
     * @param testSides where a program is tried out
     */
    public record Shops(
            RewardsInUse rewardsInUse,
            Function<TenantId, Profile> profiles,
            MemberLimit memberLimit,
            Function<TenantId, Optional<TenantRef>> testSides) {

        /** Without limits. */
        public Shops(RewardsInUse rewardsInUse, Function<TenantId, Profile> profiles) {
            this(rewardsInUse, profiles, MemberLimit.NONE, tenant -> Optional.empty());
        }
    }

    public LoyaltyModule(Outside outside) {
        this.tenants = outside.tenants();
        this.belongings =
                Stream.concat(
                                Stream.of(
                                        new PurchasesOfMember(),
                                        new ActivitiesOfMember(),
                                        new VouchersOfMember(),
                                        new ReferralsOfMember(),
                                        new AnswersOfMember()),
                                outside.belongings().stream())
                        .toList();
        this.memberLinks = new MemberLinks(outside.signer(), outside.publicUrl());
        Shops shops = outside.shops();
        this.testSides = shops.testSides();
        this.editProgram = new EditProgram(tenants, programs, presets, shops.rewardsInUse());
        this.publishProgram =
                new PublishProgram(tenants, programs, shops.rewardsInUse(), shops.profiles());
        this.rewards =
                new RewardsModule(
                        new RewardsModule.Outside(
                                tenants,
                                programs,
                                outside.lanes(),
                                outside.signer(),
                                outside.publicUrl()));
        this.enrolMembers =
                new EnrolMembers(
                        programs,
                        new NewZones(outside.onNewZone()),
                        shops.memberLimit(),
                        List.of(new WelcomeMembers(programs)));
        this.purchases = new PurchasesModule(tenants, programs);
    }

    /** What falls due at shops' midnights, and holds that run out. */
    public void work(LaneWorkers workers) {
        workers.register(new NightlyWork(tenants, programs), NIGHT_WORKERS);
        workers.register(rewards.expireHolds(), HOLD_EXPIRERS);
    }

    /** Whether a shop's points and tiers are right. */
    public CheckShop checkShop() {
        return new CheckShop(tenants, programs);
    }

    public Programs programs() {
        return programs;
    }

    public Presets presets() {
        return presets;
    }

    public EnrolMembers enrolMembers() {
        return enrolMembers;
    }

    /** The links to members' own pages. */
    public MemberLinks memberLinks() {
        return memberLinks;
    }

    /** What somebody does at a shop's join page. */
    public JoinProgram joinProgram() {
        return new JoinProgram(enrolMembers);
    }

    /** What members do themselves, on their card. */
    public OwnCard ownCard() {
        return new OwnCard(programs, enrolMembers, belongings);
    }

    public Wallet wallet() {
        return rewards.wallet();
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
        return new FirstProgram(tenants, presets);
    }

    /** The storey's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        Set<Class<?>> all = new HashSet<>(RewardsModule.resources());
        all.addAll(
                Set.of(
                        ProgramResource.class,
                        MoveProgramResource.class,
                        PresetResource.class,
                        MemberResource.class,
                        AdjustmentResource.class,
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
                        new MoveProgramResource(editProgram, testSides),
                        new ProgramResource(editProgram, publishProgram),
                        new PresetResource(presets),
                        memberResource(),
                        new AdjustmentResource(new AdjustPoints(tenants, programs)),
                        new TransactionResource(tenants, programs),
                        new ReferralResource(tenants),
                        new StampCardResource(tenants, programs)));
        return endpoints;
    }

    private MemberResource memberResource() {
        MemberViews views = new MemberViews(programs, memberLinks);
        return new MemberResource(
                new ManageMembers(
                        tenants,
                        enrolMembers,
                        programs,
                        views,
                        new ManageMembers.Following(belongings, new TiersAfterMerge(programs))),
                new ShowMembers(tenants, views, belongings));
    }
}
