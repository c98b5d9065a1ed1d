package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The use cases behind {@code /v1/vouchers}; each opens one transaction. Whoever uses a voucher
 * locks its row first and looks at its state then, so that one code is used once.
 */
final class UseVouchers {

    private final TenantDb tenants;

    UseVouchers(TenantDb tenants) {
        this.tenants = tenants;
    }

    /**
     * Whether a voucher holds.
     *
     * @param voucher null for an unknown code
     * @param refusal null where it holds
     */
    record Verdict(@Nullable VoucherRow voucher, @Nullable Refusal refusal, Discount discount) {}

    /** A voucher that was used or put back, and what it gave. */
    record Done(VoucherRow voucher, Discount discount, Instant now) {}

    /** Where a voucher is used, and by whom. */
    record At(String code, @Nullable MemberKey member, String source, String orderId) {}

    /** Changes nothing. */
    Verdict validate(TenantRef tenant, String code, @Nullable MemberKey member, Basket basket) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    UUID who = member(tx, member);
                    Optional<VoucherRow> found =
                            new VoucherDao(tx).findByCode(Codes.normalised(code));
                    if (found.isEmpty()) {
                        return new Verdict(null, Refusal.UNKNOWN_CODE, Discount.NOTHING);
                    }
                    VoucherRow voucher = found.get();
                    Optional<Refusal> refusal =
                            VoucherRules.refusal(voucher, who, basket, tx.now());
                    return new Verdict(
                            voucher,
                            refusal.orElse(null),
                            refusal.isPresent()
                                    ? Discount.NOTHING
                                    : VoucherRules.discount(voucher.terms(), basket));
                });
    }

    /**
     * Uses a voucher. For the same order again it answers what it answered before.
     *
     * @throws Problem 422 {@code voucher_used}, {@code voucher_not_valid} with the {@code reason};
     *     409 {@code already_recorded} where the order's basket was another one
     */
    Done redeem(TenantRef tenant, At at, Basket basket) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    UUID who = member(tx, at.member());
                    VoucherRow voucher = lock(tx, at.code());
                    Discount discount = VoucherRules.discount(voucher.terms(), basket);
                    if (voucher.isUsedFor(at.source(), at.orderId())) {
                        return new Done(voucher, sameAsBefore(voucher, discount), tx.now());
                    }
                    Optional<Refusal> refusal =
                            VoucherRules.refusal(voucher, who, basket, tx.now());
                    if (refusal.isPresent()) {
                        throw refusal.get().at("/code");
                    }
                    VoucherRow used =
                            voucher.usedBy(
                                    who,
                                    new VoucherRow.Use(
                                            tx.now(),
                                            at.source(),
                                            at.orderId(),
                                            discount.amount()));
                    new VoucherDao(tx).update(used);
                    Outbox.append(
                            tx,
                            new Event.VoucherUsed(
                                    used.id(),
                                    used.member(),
                                    used.terms().key(),
                                    at.source(),
                                    at.orderId()));
                    return new Done(used, discount, tx.now());
                });
    }

    /**
     * Puts a voucher back that this order had used; it does not live longer for that. A repeat
     * changes nothing.
     *
     * @throws Problem 422 {@code voucher_used} where another order has used it
     */
    Done rollBack(TenantRef tenant, At at) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    VoucherRow voucher = lock(tx, at.code());
                    if (voucher.state() != VoucherState.USED) {
                        return new Done(voucher, Discount.NOTHING, tx.now());
                    }
                    if (!voucher.isUsedFor(at.source(), at.orderId())) {
                        throw Refusal.VOUCHER_USED.at("/code");
                    }
                    new VoucherDao(tx).update(voucher.restored());
                    Outbox.append(tx, OrderVouchers.restored(voucher));
                    return new Done(voucher.restored(), Discount.NOTHING, tx.now());
                });
    }

    private static VoucherRow lock(TenantTx tx, String code) {
        return new VoucherDao(tx)
                .lockByCodes(List.of(Codes.normalised(code))).stream()
                        .findFirst()
                        .orElseThrow(() -> Refusal.UNKNOWN_CODE.at("/code"));
    }

    /** The basket is not kept; that it is another one shows in what the voucher takes off. */
    private static Discount sameAsBefore(VoucherRow voucher, Discount discount) {
        if (voucher.use() == null || voucher.use().discount() != discount.amount()) {
            throw Problem.of(
                            ProblemType.ALREADY_RECORDED,
                            "This order has used the voucher already, with another basket.")
                    .at("/basket", "already_recorded");
        }
        return discount;
    }

    private static @Nullable UUID member(TenantTx tx, @Nullable MemberKey key) {
        return key == null ? null : MemberDirectory.require(tx, key, "/member").id().uuid();
    }
}
