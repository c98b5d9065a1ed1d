package io.regulars.loyalty.rewards;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.LocalText;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

@Path("/v1/members/{id}/vouchers")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
public final class VoucherResource {

    private final TenantDb tenants;
    private final VoucherLinks links;

    VoucherResource(TenantDb tenants, VoucherLinks links) {
        this.tenants = tenants;
        this.links = links;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = VoucherView.class, page = true)
    @Operation(
            summary = "A member's vouchers, newest first",
            description =
                    "With state those that are now held, issued, used, cancelled or expired; those with issued can be used.")
    public Page<VoucherView> ofMember(
            @Auth Caller caller,
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @Context PageRequest page) {
        if (state != null && !isState(state)) {
            throw Problem.invalid(
                    "?state",
                    "unknown_value",
                    "The states are held, issued, used, cancelled and expired.");
        }
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    MemberId member = MemberDirectory.requireInPath(tx, id).id();
                    return page.page(
                            new VoucherDao(tx)
                                    .ofMember(
                                            member.uuid(),
                                            state,
                                            Positions.id(page.after()),
                                            page.fetch()),
                            voucher -> voucher.id().toString(),
                            voucher -> view(voucher, tx.now()));
                });
    }

    private static boolean isState(String text) {
        return text.equals(VoucherRow.EXPIRED)
                || Arrays.stream(VoucherState.values()).anyMatch(state -> state.key().equals(text));
    }

    private VoucherView view(VoucherRow voucher, Instant now) {
        return new VoucherView(
                TypeIds.format("vch", voucher.id()),
                voucher.code(),
                voucher.terms().key(),
                voucher.terms().name(),
                voucher.shownState(now),
                voucher.isReusable(),
                voucher.origin(),
                voucher.points(),
                voucher.issuedAt(),
                voucher.expiresAt(),
                voucher.use() == null ? null : voucher.use().at(),
                links.qr(voucher.code()));
    }

    /**
     * A voucher.
     *
     * @param state held, issued, used, cancelled or expired
     * @param reusable whether it can be used for any number of orders until it ends
     * @param origin what it was given for: redemption, campaign, stamp_card, referral, welcome,
     *     batch
     * @param points what the member paid for it
     * @param expiresAt exclusive; absent: it holds without end
     * @param usedAt when it was used, a reusable one the last time
     * @param qrUrl a picture of the code, for everybody who knows this address
     */
    record VoucherView(
            String id,
            String code,
            String reward,
            LocalText name,
            String state,
            boolean reusable,
            String origin,
            long points,
            Instant issuedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            String qrUrl) {}
}
