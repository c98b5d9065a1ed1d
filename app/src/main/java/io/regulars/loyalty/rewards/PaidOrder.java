package io.regulars.loyalty.rewards;

import io.regulars.loyalty.program.RewardKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an order came to before its vouchers, and what each of them took off. A purchase tells only
 * what was paid in the end, so this is worked out backwards: vouchers take off one after the other,
 * amounts before percents, those of a kind as they are named. So they add up to what was saved.
 * Pure.
 *
 * @param before the basket before all of them; as large as may be where nobody can know it
 * @param discounts in the order in which the vouchers are named
 */
record PaidOrder(Basket before, List<Discount> discounts) {

    /**
     * A voucher of the order.
     *
     * @param told what it took off, where a till has said so before; null: to be worked out
     */
    record Shown(VoucherRow voucher, @Nullable Long told) {}

    static PaidOrder of(long paid, List<Basket.Line> lines, List<Shown> shown) {
        List<Discount> discounts =
                new ArrayList<>(Collections.nCopies(shown.size(), Discount.NOTHING));
        long amount = paid;
        boolean isKnown = true;
        for (int place : lastFirst(shown)) {
            Shown one = shown.get(place);
            OptionalLong before =
                    one.told() == null
                            ? VoucherRules.before(one.voucher().terms(), amount)
                            : OptionalLong.of(amount + one.told());
            isKnown &= before.isPresent();
            discounts.set(place, discount(one, before.orElse(amount), amount, lines));
            amount = Math.min(before.orElse(amount), VoucherRules.LARGEST_AMOUNT);
        }
        long most = isKnown ? amount : VoucherRules.LARGEST_AMOUNT;
        return new PaidOrder(new Basket(most, lines, !lines.isEmpty()), List.copyOf(discounts));
    }

    private static List<Integer> lastFirst(List<Shown> shown) {
        return IntStream.range(0, shown.size())
                .boxed()
                .sorted(
                        Comparator.comparing((Integer place) ->
                                shown.get(place).voucher().terms().kind()
                                        == RewardKind.PERCENT_OFF))
                .toList()
                .reversed();
    }

    private static Discount discount(Shown one, long before, long after, List<Basket.Line> lines) {
        if (one.told() != null) {
            return Discount.of(one.told());
        }
        return switch (one.voucher().terms().kind()) {
            case AMOUNT_OFF, PERCENT_OFF -> Discount.of(before - after);
            case FREE_PRODUCT, FREE_SHIPPING, EXPERIENCE, GIFT ->
                    VoucherRules.discount(
                            one.voucher().terms(), new Basket(after, lines, !lines.isEmpty()));
        };
    }
}
