package io.regulars.loyalty.referrals;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/v1/referrals")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
public final class ReferralResource {

    private final TenantDb tenants;

    public ReferralResource(TenantDb tenants) {
        this.tenants = tenants;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = ReferralView.class, page = true)
    @Operation(
            summary = "Who brought whom, newest first",
            description =
                    "With member (an id, or ext:<external id>) those whom this member brought, and who brought this member. The states are"
                            + " pending, qualified, refused and reversed.")
    public Page<ReferralView> list(
            @Auth Caller caller,
            @QueryParam("member") @Nullable String member,
            @QueryParam("state") @Nullable String state,
            @Context PageRequest page) {
        String in = state == null ? null : state(state);
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        page.page(
                                new ReferralDao(tx)
                                        .page(
                                                MemberDirectory.inQuery(tx, member),
                                                in,
                                                Positions.id(page.after()),
                                                page.fetch()),
                                referral -> referral.id().uuid().toString(),
                                ReferralView::of));
    }

    private static String state(String text) {
        return ReferralRow.State.parse(text)
                .map(ReferralRow.State::key)
                .orElseThrow(() ->
                        Problem.invalid(
                                "?state",
                                "unknown_value",
                                "The states are pending, qualified, refused and reversed."));
    }

    /**
     * A referral.
     *
     * @param referrer who sent the friend
     * @param reason why it was refused: same_member, same_email, same_phone, member_existed,
     *     yearly_limit
     * @param purchase the friend's purchase that made it count
     */
    record ReferralView(
            ReferralId id,
            MemberId referrer,
            MemberId friend,
            String state,
            @Nullable String reason,
            @Nullable String purchase,
            @Nullable Instant qualifiedAt,
            Instant createdAt) {

        static ReferralView of(ReferralRow row) {
            return new ReferralView(
                    row.id(),
                    new MemberId(row.referrer()),
                    new MemberId(row.friend()),
                    row.state().key(),
                    row.reason(),
                    row.purchaseId() == null ? null : TypeIds.format("pur", row.purchaseId()),
                    row.qualifiedAt(),
                    row.createdAt());
        }
    }
}
