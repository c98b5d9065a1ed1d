package io.regulars.loyalty.rewards;

import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.db.ContentHash;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
     * @param objection null where it holds
     */
    record Verdict(
            @Nullable VoucherRow voucher, @Nullable Objection objection, Discount discount) {}

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
                        return new Verdict(
                                null, Refusal.UNKNOWN_CODE.objection(), Discount.NOTHING);
                    }
                    VoucherRow voucher = found.get();
                    Optional<Objection> objection =
                            VoucherRules.objection(voucher, who, basket, tx.now());
                    return new Verdict(
                            voucher,
                            objection.orElse(null),
                            objection.isPresent()
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
                    String content = ContentHash.of(new Said(at.member(), basket));
                    VoucherUses uses = new VoucherUses(tx);
                    Optional<VoucherRow> before = uses.by(voucher, at.source(), at.orderId());
                    if (before.isPresent()) {
                        return new Done(
                                before.get(),
                                sameAsBefore(before.get(), discount, content),
                                tx.now());
                    }
                    Optional<Objection> objection =
                            VoucherRules.objection(voucher, who, basket, tx.now());
                    if (objection.isPresent()) {
                        throw objection.get().at("/code");
                    }
                    VoucherRow used =
                            uses.use(
                                    voucher,
                                    who,
                                    new VoucherRow.Use(
                                            tx.now(),
                                            at.source(),
                                            at.orderId(),
                                            discount.amount(),
                                            content));
                    Outbox.append(
                            tx,
                            new Event.VoucherUsed(
                                    used.id(),
                                    used.member(),
                                    used.terms().key(),
                                    at.source(),
                                    at.orderId()));
                    note(tx, "voucher.used", voucher, used, at);
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
                    VoucherUses uses = new VoucherUses(tx);
                    if (uses.by(voucher, at.source(), at.orderId()).isEmpty()) {
                        if (voucher.state() == VoucherState.USED) {
                            throw Refusal.VOUCHER_USED.at("/code");
                        }
                        return new Done(
                                voucher.usedAgainBy(null, null), Discount.NOTHING, tx.now());
                    }
                    VoucherRow restored = uses.takeBack(voucher, at.source(), at.orderId());
                    Outbox.append(tx, OrderVouchers.restored(voucher));
                    note(tx, "voucher.rolled_back", voucher, restored, at);
                    return new Done(restored, Discount.NOTHING, tx.now());
                });
    }

    private static void note(
            TenantTx tx, String action, VoucherRow before, VoucherRow after, At at) {
        Audit.note(
                tx,
                action,
                TypeIds.format("vch", before.id()),
                Map.of("state", before.state().key()),
                Map.of(
                        "state",
                        after.state().key(),
                        "source",
                        at.source(),
                        "order_id",
                        at.orderId()));
    }

    private static VoucherRow lock(TenantTx tx, String code) {
        return new VoucherDao(tx)
                .lockByCodes(List.of(Codes.normalised(code))).stream()
                        .findFirst()
                        .orElseThrow(() -> Refusal.UNKNOWN_CODE.at("/code"));
    }

    /** What a till says of an order, in a form that is the same for the same order. */
    private record Said(@Nullable MemberKey member, Basket basket) {}

    private static Discount sameAsBefore(VoucherRow voucher, Discount discount, String content) {
        VoucherRow.Use use = voucher.use();
        boolean same =
                use != null
                        && use.discount() == discount.amount()
                        && (use.content() == null || use.content().equals(content));
        if (!same) {
            throw Problem.of(
                            ProblemType.ALREADY_RECORDED,
                            "This order has used the voucher already, with another basket or by somebody else.")
                    .at("/basket", "already_recorded");
        }
        return discount;
    }

    private static @Nullable UUID member(TenantTx tx, @Nullable MemberKey key) {
        return key == null ? null : MemberDirectory.require(tx, key, "/member").id().uuid();
    }
}
