package io.regulars.loyalty.rewards;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase and its refund do to vouchers, within the transaction of the purchase. The
 * accounts are locked before: vouchers come after them in everybody's order.
 */
public final class OrderVouchers {

    private OrderVouchers() {}

    /**
     * An order that shows vouchers.
     *
     * @param member null for a receipt without one: then anybody's vouchers hold
     * @param paid what was paid for goods after all discounts, in minor units
     * @param lines empty where they are not told; then nothing is asked of them
     */
    public record Order(
            String source,
            String orderId,
            @Nullable MemberId member,
            long paid,
            List<Basket.Line> lines) {}

    /**
     * A voucher that an order has used.
     *
     * @param discount what it took off, in minor units
     */
    public record Used(String code, String reward, long discount) {}

    /**
     * Uses these vouchers for a purchase. One that was redeemed for this very order before is taken
     * as it is, with the discount that was told then: tills redeem at the basket and record
     * afterwards.
     *
     * @throws Problem 422 {@code voucher_used} or {@code voucher_not_valid} at {@code
     *     /voucher_codes/i}, with the {@code reason}; or for one that is named twice
     */
    public static List<Used> use(TenantTx tx, List<String> codes, Order order) {
        if (codes.isEmpty()) {
            return List.of();
        }
        VoucherUses uses = new VoucherUses(tx);
        List<PaidOrder.Shown> shown =
                locked(tx, codes).stream()
                        .map(voucher -> new PaidOrder.Shown(voucher, told(uses, voucher, order)))
                        .toList();
        PaidOrder paid = PaidOrder.of(order.paid(), order.lines(), shown);
        List<Used> used = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            VoucherRow voucher = shown.get(i).voucher();
            Discount discount = paid.discounts().get(i);
            if (shown.get(i).told() == null) {
                check(tx, voucher, order, paid.before(), pointer(i));
                uses.use(voucher, uuid(order.member()), used(tx, order, discount));
                events.add(event(voucher, order));
            }
            used.add(new Used(voucher.code(), voucher.terms().key(), discount.amount()));
        }
        Outbox.append(tx, events);
        return used;
    }

    /**
     * The vouchers with these codes, as they are named.
     *
     * @throws Problem 422 for a code that is unknown, or named twice
     */
    private static List<VoucherRow> locked(TenantTx tx, List<String> codes) {
        List<String> wanted = codes.stream().map(Codes::normalised).toList();
        Map<String, VoucherRow> found =
                new VoucherDao(tx)
                        .lockByCodes(Set.copyOf(wanted)).stream()
                                .collect(Collectors.toMap(VoucherRow::code, Function.identity()));
        List<VoucherRow> vouchers = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            VoucherRow voucher = found.get(wanted.get(i));
            if (voucher == null) {
                throw Refusal.UNKNOWN_CODE.at(pointer(i));
            }
            if (vouchers.contains(voucher)) {
                throw Problem.invalid(
                        pointer(i), "duplicate_key", "This voucher is listed twice; name it once.");
            }
            vouchers.add(voucher);
        }
        return vouchers;
    }

    private static String pointer(int place) {
        return "/voucher_codes/" + place;
    }

    /** What this voucher took off the order already; null: it has not been used for it. */
    private static @Nullable Long told(VoucherUses uses, VoucherRow voucher, Order order) {
        return uses.by(voucher, order.source(), order.orderId())
                .map(VoucherRow::use)
                .map(VoucherRow.Use::discount)
                .orElse(null);
    }

    /** An order that may have used vouchers. */
    public record OrderKey(String source, String orderId) {}

    /** The vouchers that these orders have used and that have not come back since. */
    public static Map<OrderKey, List<Used>> of(TenantTx tx, Collection<OrderKey> orders) {
        return VoucherUses.ofOrders(tx, List.copyOf(orders));
    }

    /** Whose vouchers an order used: their accounts are to be locked before they are returned. */
    public static List<UUID> owners(TenantTx tx, String source, String orderId) {
        return new VoucherDao(tx).ownersByOrder(source, orderId);
    }

    /**
     * Gives vouchers back for an order that was refunded entirely: those bought with points are
     * cancelled and their points go back to the lots they came from; those that were given can be
     * used again until they expire. A reusable one only forgets the order: it was worth its price
     * to other orders too.
     *
     * @param ledger holds the accounts of {@link #owners}
     * @return how many points went back
     */
    public static long returnForRefund(
            TenantTx tx,
            Ledger ledger,
            ProgramHistory.Version program,
            String source,
            String orderId) {
        VoucherUses uses = new VoucherUses(tx);
        Redemptions redemptions = new Redemptions(tx, ledger, program);
        List<Event> events = new ArrayList<>();
        long points = 0;
        for (VoucherRow voucher : new VoucherDao(tx).lockByOrder(source, orderId)) {
            if (uses.by(voucher, source, orderId).isEmpty()) {
                continue;
            }
            if (voucher.isRedemption() && !voucher.isReusable()) {
                events.add(redemptions.undo(voucher));
                points += voucher.points();
            } else {
                uses.takeBack(voucher, source, orderId);
                events.add(restored(voucher));
            }
        }
        Outbox.append(tx, events);
        return points;
    }

    static Event restored(VoucherRow voucher) {
        return new Event.VoucherRestored(
                voucher.id(), voucher.restored().member(), voucher.terms().key());
    }

    private static void check(
            TenantTx tx, VoucherRow voucher, Order order, Basket basket, String pointer) {
        Optional<Objection> objection =
                VoucherRules.objection(voucher, uuid(order.member()), basket, tx.now());
        if (objection.isPresent()) {
            throw objection.get().at(pointer);
        }
    }

    private static VoucherRow.Use used(TenantTx tx, Order order, Discount discount) {
        return new VoucherRow.Use(
                tx.now(), order.source(), order.orderId(), discount.amount(), null);
    }

    private static Event event(VoucherRow voucher, Order order) {
        UUID member = voucher.member() == null ? uuid(order.member()) : voucher.member();
        return new Event.VoucherUsed(
                voucher.id(), member, voucher.terms().key(), order.source(), order.orderId());
    }

    private static @Nullable UUID uuid(@Nullable MemberId member) {
        return member == null ? null : member.uuid();
    }
}
