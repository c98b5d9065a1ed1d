package io.regulars.loyalty.rewards;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.LocalText;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TypeIds;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/v1/vouchers")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class VoucherUseResource {

    private static final int LONGEST = 255;

    private final UseVouchers vouchers;

    VoucherUseResource(UseVouchers vouchers) {
        this.vouchers = vouchers;
    }

    @POST
    @Path("/validate")
    @AllowedTo(Audience.TILL)
    @Returns(VoucherValidation.class)
    @Operation(
            summary = "What a voucher would give on this basket, or why it does not hold",
            description = "Changes nothing. Dashes, blanks and case of the code do not count.")
    public VoucherValidation validate(@Auth Caller caller, VoucherValidateRequest body) {
        text(body.code(), "/code");
        return VoucherValidation.of(
                vouchers.validate(
                        caller.tenant(), body.code(), body.member(), body.basket().basket()));
    }

    @POST
    @Path("/redeem")
    @AllowedTo(Audience.TILL)
    @Returns(UsedVoucher.class)
    @Operation(
            summary = "Use a voucher for an order",
            description =
                    "Known by source, order_id and code for ever: a repeat answers the first result. For another"
                            + " order 422 voucher_used, unless it is reusable; what else speaks against it is the"
                            + " reason of 422 voucher_not_valid.")
    public UsedVoucher redeem(@Auth Caller caller, VoucherRedeemRequest body) {
        return UsedVoucher.of(
                vouchers.redeem(
                        caller.tenant(),
                        at(body.code(), body.member(), body.source(), body.orderId()),
                        body.basket().basket()));
    }

    @POST
    @Path("/rollback")
    @AllowedTo(Audience.TILL)
    @Returns(UsedVoucher.class)
    @Operation(
            summary = "Put a voucher back that an order had used",
            description = "It can be used again, unless it has expired meanwhile.")
    public UsedVoucher rollback(@Auth Caller caller, VoucherRollbackRequest body) {
        return UsedVoucher.of(
                vouchers.rollBack(
                        caller.tenant(), at(body.code(), null, body.source(), body.orderId())));
    }

    private static UseVouchers.At at(
            String code, @Nullable MemberKey member, String source, String orderId) {
        text(code, "/code");
        text(source, "/source");
        text(orderId, "/order_id");
        return new UseVouchers.At(code, member, source, orderId);
    }

    private static void text(String text, String pointer) {
        if (text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw Problem.invalid(
                    pointer, "invalid_text", "Must have 1 to " + LONGEST + " characters.");
        }
    }

    /**
     * @param member who shows it; absent: it is not asked whose it is
     */
    record VoucherValidateRequest(String code, @Nullable MemberKey member, BasketRequest basket) {}

    /**
     * @param source where the order is made, such as {@code till-1} or {@code webshop}
     * @param orderId its number there
     */
    record VoucherRedeemRequest(
            String code,
            @Nullable MemberKey member,
            String source,
            String orderId,
            BasketRequest basket) {}

    record VoucherRollbackRequest(String code, String source, String orderId) {}

    /**
     * @param reason why it does not hold
     * @param required how much it asks for, with {@code min_basket} in minor units and with {@code
     *     min_other_items} in items
     * @param available how much of that there is
     * @param discount what it gives; absent where it does not hold
     * @param voucher absent where no voucher has the code
     */
    record VoucherValidation(
            boolean valid,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String reason,
            @Nullable String detail,
            @Nullable Long required,
            @Nullable Long available,
            @Nullable Discount discount,
            @Nullable VoucherSummary voucher) {

        static VoucherValidation of(UseVouchers.Verdict verdict) {
            Objection objection = verdict.objection();
            Objection.Shortfall shortfall = objection == null ? null : objection.shortfall();
            return new VoucherValidation(
                    objection == null,
                    objection == null ? null : objection.reason().code(),
                    objection == null ? null : objection.reason().sentence(),
                    shortfall == null ? null : shortfall.required(),
                    shortfall == null ? null : shortfall.available(),
                    objection == null ? verdict.discount() : null,
                    verdict.voucher() == null ? null : VoucherSummary.of(verdict.voucher()));
        }
    }

    /**
     * @param reusable whether it can be used for any number of orders until it ends
     * @param member absent for one of a batch that nobody has used
     * @param expiresAt exclusive; absent: it holds without end
     */
    record VoucherSummary(
            String id,
            String code,
            String reward,
            LocalText name,
            boolean reusable,
            @Nullable MemberId member,
            @Nullable Instant expiresAt) {

        static VoucherSummary of(VoucherRow voucher) {
            return new VoucherSummary(
                    TypeIds.format("vch", voucher.id()),
                    voucher.code(),
                    voucher.terms().key(),
                    voucher.terms().name(),
                    voucher.isReusable(),
                    voucher.member() == null ? null : new MemberId(voucher.member()),
                    voucher.expiresAt());
        }
    }

    /**
     * @param status used, or after a rollback issued or expired; a reusable one stays issued
     * @param discount what it gave; absent after a rollback
     */
    record UsedVoucher(
            String id,
            String code,
            String status,
            String reward,
            LocalText name,
            @Nullable MemberId member,
            @Nullable Discount discount,
            @Nullable String source,
            @Nullable String orderId,
            @Nullable Instant usedAt,
            @Nullable Instant expiresAt) {

        static UsedVoucher of(UseVouchers.Done done) {
            VoucherRow voucher = done.voucher();
            VoucherRow.Use use = voucher.use();
            return new UsedVoucher(
                    TypeIds.format("vch", voucher.id()),
                    voucher.code(),
                    voucher.shownState(done.now()),
                    voucher.terms().key(),
                    voucher.terms().name(),
                    voucher.member() == null ? null : new MemberId(voucher.member()),
                    use == null ? null : done.discount(),
                    use == null ? null : use.source(),
                    use == null ? null : use.orderId(),
                    use == null ? null : use.at(),
                    voucher.expiresAt());
        }
    }
}
