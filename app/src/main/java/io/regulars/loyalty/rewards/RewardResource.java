package io.regulars.loyalty.rewards;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.RewardKind;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Path("/v1/rewards")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
public final class RewardResource {

    private final TenantDb tenants;
    private final Programs programs;

    RewardResource(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = RewardView.class, page = true)
    @Operation(
            summary = "The rewards of the program in force",
            description =
                    "With member (an id, or ext:<external id>) also what this member can afford, and what else keeps the member from it.")
    public Page<RewardView> catalogue(
            @Auth Caller caller,
            @QueryParam("member") @Nullable String member,
            @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Program program = programs.inForce(tx).program();
                    Map<String, Long> left = new StockDao(tx).left(program.rewards());
                    Viewer viewer = member == null ? null : viewer(tx, program, member);
                    return page.cut(
                            program.rewards(),
                            Reward::key,
                            reward -> view(reward, left.get(reward.key()), viewer));
                });
    }

    /** The member for whom the catalogue is shown. */
    private record Viewer(long available, RewardLocks locks) {}

    private static @Nullable Viewer viewer(TenantTx tx, Program program, String member) {
        MemberId id = MemberDirectory.require(tx, MemberKey.ofPath(member), "?member").id();
        Account account = Accounts.find(tx, id.uuid()).orElseThrow();
        return new Viewer(
                Balances.of(tx, id.uuid()).available(), RewardLocks.of(tx, program, account));
    }

    private static RewardView view(
            Reward reward, @Nullable Long stockLeft, @Nullable Viewer viewer) {
        long cost = Objects.requireNonNullElse(reward.costPoints(), 0L);
        return new RewardView(
                reward.key(),
                reward.name(),
                reward.kind(),
                reward.percent(),
                reward.amount(),
                reward.sku(),
                reward.costPoints(),
                reward.minBasket(),
                reward.minOtherItems(),
                reward.stock(),
                stockLeft,
                reward.perMember(),
                reward.tiers(),
                reward.validDays(),
                reward.reusable(),
                reward.description(),
                reward.value(),
                viewer == null ? null : reward.isRedeemable() && viewer.available() >= cost,
                viewer == null ? null : Math.max(0, cost - viewer.available()),
                viewer == null ? null : lockedBy(reward, stockLeft, viewer));
    }

    private static List<String> lockedBy(Reward reward, @Nullable Long stockLeft, Viewer viewer) {
        List<String> reasons = new ArrayList<>();
        viewer.locks().reason(reward).map(ProblemType::code).ifPresent(reasons::add);
        if (stockLeft != null && stockLeft == 0) {
            reasons.add(ProblemType.SOLD_OUT.code());
        }
        return reasons;
    }

    /**
     * A reward, as the program has it, and for a member.
     *
     * @param reusable whether a voucher holds for any number of orders until it ends
     * @param stockLeft how many are left; absent: without end
     * @param affordable whether the member's points would do; absent where no member is named
     * @param missing how many points the member lacks
     * @param lockedBy what else than points keeps the member from it: not_redeemable, tier_too_low,
     *     limit_reached, sold_out
     */
    record RewardView(
            String key,
            LocalText name,
            RewardKind kind,
            @Nullable Integer percent,
            @Nullable Long amount,
            @Nullable String sku,
            @Nullable Long costPoints,
            @Nullable Long minBasket,
            @Nullable Integer minOtherItems,
            @Nullable Long stock,
            @Nullable Long stockLeft,
            @Nullable Integer perMember,
            @Nullable List<String> tiers,
            @Nullable Integer validDays,
            @Nullable Boolean reusable,
            @Nullable LocalText description,
            @Nullable Long value,
            @Nullable Boolean affordable,
            @Nullable Long missing,
            @Nullable List<String> lockedBy) {}
}
