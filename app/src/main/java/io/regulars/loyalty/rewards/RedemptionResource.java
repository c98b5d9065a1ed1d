package io.regulars.loyalty.rewards;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.retries.AsItIsNow;
import io.regulars.platform.retries.KeepsKey;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Path("/v1/redemptions")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RedemptionResource implements AsItIsNow {

    private static final int USUAL_HOLD = 15;
    private static final int LONGEST_HOLD = 7 * 24 * 60;

    private final RedeemRewards redemptions;
    private final VoucherLinks links;

    RedemptionResource(RedeemRewards redemptions, VoucherLinks links) {
        this.redemptions = redemptions;
        this.links = links;
    }

    @POST
    @KeepsKey
    @AllowedTo(Audience.TILL)
    @Returns(status = 201, value = RedemptionView.class)
    @Operation(
            summary = "Buy a reward with points",
            description =
                    "The points leave at once. With hold the code can be used after a commit only; a hold that runs"
                            + " out gives the points back by itself.")
    public Response redeem(@Auth Caller caller, RedemptionRequest body) {
        return Response.status(Response.Status.CREATED)
                .entity(view(redemptions.redeem(caller.tenant(), body.wish())))
                .build();
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(RedemptionView.class)
    @Operation(summary = "What became of a redemption")
    public RedemptionView get(@Auth Caller caller, @PathParam("id") String id) {
        return view(redemptions.get(caller.tenant(), id));
    }

    @Override
    public Object asItIsNow(Principal caller, String id) {
        return get((Caller) caller, id);
    }

    @POST
    @Path("/{id}/commit")
    @AllowedTo(Audience.TILL)
    @Returns(RedemptionView.class)
    @Operation(summary = "Make a held redemption usable")
    public RedemptionView commit(@Auth Caller caller, @PathParam("id") String id) {
        return view(redemptions.commit(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/cancel")
    @AllowedTo(Audience.TILL)
    @Returns(RedemptionView.class)
    @Operation(
            summary = "Give the points of an unused reward back",
            description =
                    "They go back to where they came from, with the end they had, and the reward goes back to its"
                            + " stock. A used one answers 422 voucher_used.")
    public RedemptionView cancel(@Auth Caller caller, @PathParam("id") String id) {
        return view(redemptions.cancel(caller.tenant(), id));
    }

    private RedemptionView view(RedeemRewards.Seen seen) {
        VoucherRow voucher = seen.voucher();
        return new RedemptionView(
                TypeIds.format("rdm", voucher.id()),
                voucher.shownState(seen.now()),
                new MemberId(Objects.requireNonNull(voucher.member())),
                voucher.terms().key(),
                voucher.points(),
                voucher.holdUntil(),
                voucher.issuedAt(),
                new RedeemedVoucher(
                        TypeIds.format("vch", voucher.id()),
                        voucher.code(),
                        voucher.expiresAt(),
                        links.qr(voucher.code())));
    }

    /**
     * @param reward the key of one of the program's rewards
     * @param holdMinutes how long it is held; absent: 15
     */
    record RedemptionRequest(
            MemberKey member,
            String reward,
            @Nullable Boolean hold,
            @Nullable Integer holdMinutes) {

        /**
         * @throws Problem 422
         */
        RedeemRewards.Wish wish() {
            if (holdMinutes != null && (holdMinutes < 1 || holdMinutes > LONGEST_HOLD)) {
                throw Problem.invalid(
                        "/hold_minutes", "out_of_range", "Must be 1 to " + LONGEST_HOLD + ".");
            }
            if (!Boolean.TRUE.equals(hold)) {
                if (holdMinutes != null) {
                    throw Problem.invalid(
                            "/hold_minutes", "not_allowed", "Only a hold has minutes.");
                }
                return new RedeemRewards.Wish(member, reward, null);
            }
            int minutes = holdMinutes == null ? USUAL_HOLD : holdMinutes;
            return new RedeemRewards.Wish(member, reward, Duration.ofMinutes(minutes));
        }
    }

    /**
     * A redemption.
     *
     * @param status issued, held, used, cancelled or expired
     * @param points what it cost
     * @param holdUntil when the hold runs out, exclusive; absent where nothing is held
     */
    record RedemptionView(
            String id,
            String status,
            MemberId member,
            String reward,
            long points,
            @Nullable Instant holdUntil,
            Instant createdAt,
            RedeemedVoucher voucher) {}

    /**
     * @param expiresAt exclusive; absent: it holds without end
     * @param qrUrl a picture of the code, for everybody who knows this address
     */
    record RedeemedVoucher(String id, String code, @Nullable Instant expiresAt, String qrUrl) {}
}
