package io.regulars.loyalty.rewards;

import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Makes what sells rewards for points and uses vouchers. */
public final class RewardsModule {

    private final Outside outside;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants, Programs programs, Lanes lanes, Signer signer, URI publicUrl) {}

    public RewardsModule(Outside outside) {
        this.outside = outside;
    }

    /** A member's vouchers with pictures of their codes. */
    public Wallet wallet() {
        return new Wallet(new VoucherLinks(outside.signer(), outside.publicUrl()));
    }

    public LaneWork expireHolds() {
        return new ExpireHolds(outside.tenants(), outside.programs());
    }

    /** The room's endpoints, for the OpenAPI document. */
    public static Set<Class<?>> resources() {
        return Set.of(
                RewardResource.class,
                RedemptionResource.class,
                VoucherResource.class,
                VoucherUseResource.class);
    }

    public List<Object> endpoints() {
        VoucherLinks links = new VoucherLinks(outside.signer(), outside.publicUrl());
        return List.of(
                new RewardResource(outside.tenants(), outside.programs()),
                new RedemptionResource(
                        new RedeemRewards(outside.tenants(), outside.programs(), outside.lanes()),
                        links),
                new VoucherResource(outside.tenants(), links),
                new VoucherUseResource(new UseVouchers(outside.tenants())),
                new VoucherQrResource(links));
    }
}
