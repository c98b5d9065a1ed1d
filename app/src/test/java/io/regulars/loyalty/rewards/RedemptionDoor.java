package io.regulars.loyalty.rewards;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.work.LaneWork;
import java.time.Duration;

/** Redemptions without HTTP, for tests of other rooms. */
public final class RedemptionDoor {

    private final RedeemRewards rewards;
    private final LaneWork holds;

    public RedemptionDoor(TenantDb tenants, Programs programs) {
        this.rewards = new RedeemRewards(tenants, programs, (queue, tenant) -> {});
        this.holds = new ExpireHolds(tenants, programs);
    }

    /** Answers the redemption's id. */
    public String redeem(TenantRef side, MemberId member, String reward, boolean isHeld) {
        RedeemRewards.Wish wish =
                new RedeemRewards.Wish(
                        MemberKey.ofId(member.toString()),
                        reward,
                        isHeld ? Duration.ofMinutes(15) : null);
        return TypeIds.format("rdm", rewards.redeem(side, wish).voucher().id());
    }

    public void cancel(TenantRef side, String redemption) {
        rewards.cancel(side, redemption);
    }

    /** What gives the points of holds back that have run out. */
    public LaneWork holds() {
        return holds;
    }
}
