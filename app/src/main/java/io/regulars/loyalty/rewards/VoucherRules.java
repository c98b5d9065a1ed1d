package io.regulars.loyalty.rewards;

import io.regulars.loyalty.program.Reward;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides whether a voucher holds and what it gives. Pure. */
final class VoucherRules {

    /** The largest amount that survives JavaScript's numbers. */
    static final long LARGEST_AMOUNT = 1L << 53;

    private VoucherRules() {}

    /** Why it cannot be used now by this member on this basket; empty: it can. */
    static Optional<Objection> objection(
            VoucherRow voucher, @Nullable UUID member, Basket basket, Instant now) {
        return ofState(voucher, now)
                .or(() ->
                        member != null
                                        && voucher.member() != null
                                        && !member.equals(voucher.member())
                                ? Optional.of(Refusal.OTHER_MEMBER)
                                : Optional.empty())
                .map(Refusal::objection)
                .or(() -> ofBasket(voucher.terms(), basket));
    }

    private static Optional<Refusal> ofState(VoucherRow voucher, Instant now) {
        return switch (voucher.state()) {
            case HELD -> Optional.of(Refusal.VOUCHER_HELD);
            case USED -> Optional.of(Refusal.VOUCHER_USED);
            case CANCELLED -> Optional.of(Refusal.VOUCHER_CANCELLED);
            case ISSUED -> {
                if (now.isBefore(voucher.issuedAt())) {
                    yield Optional.of(Refusal.NOT_YET_VALID);
                }
                yield voucher.isOver(now) ? Optional.of(Refusal.VOUCHER_EXPIRED) : Optional.empty();
            }
        };
    }

    private static Optional<Objection> ofBasket(Reward reward, Basket basket) {
        if (reward.minBasket() != null && basket.amount() < reward.minBasket()) {
            return Optional.of(
                    Objection.of(Refusal.MIN_BASKET, reward.minBasket(), basket.amount()));
        }
        if (!basket.isItemised()) {
            return Optional.empty();
        }
        Optional<Basket.Line> free = freeLine(reward, basket);
        if (isNamedProduct(reward) && free.isEmpty()) {
            return Optional.of(Refusal.PRODUCT_NOT_IN_BASKET.objection());
        }
        long others = basket.items() - (free.isPresent() ? 1 : 0);
        return reward.minOtherItems() != null && others < reward.minOtherItems()
                ? Optional.of(Objection.of(Refusal.MIN_OTHER_ITEMS, reward.minOtherItems(), others))
                : Optional.empty();
    }

    /** What it gives on a basket on which it holds. */
    static Discount discount(Reward reward, Basket basket) {
        return switch (reward.kind()) {
            case PERCENT_OFF -> Discount.of(percentOf(basket.amount(), reward.percent()));
            case AMOUNT_OFF ->
                    Discount.of(
                            Math.min(
                                    basket.amount(),
                                    Objects.requireNonNullElse(reward.amount(), 0L)));
            case FREE_PRODUCT ->
                    freeLine(reward, basket)
                            .map(line -> free(reward, line, basket))
                            .orElse(Discount.NOTHING);
            case FREE_SHIPPING, EXPERIENCE, GIFT -> Discount.NOTHING;
        };
    }

    private static long percentOf(long amount, @Nullable Integer percent) {
        return percent == null ? 0 : amount * percent / 100;
    }

    private static Discount free(Reward reward, Basket.Line line, Basket basket) {
        long amount = Math.min(line.unitAmount(), basket.amount());
        String sku = Objects.requireNonNullElse(reward.sku(), "");
        return new Discount(amount, List.of(new Discount.FreeItem(sku, 1, amount)));
    }

    /** One of the product; where it lies there at several prices, the dearest. */
    private static Optional<Basket.Line> freeLine(Reward reward, Basket basket) {
        return isNamedProduct(reward)
                ? basket.lines().stream()
                        .filter(line -> Objects.equals(line.sku(), reward.sku()))
                        .max(Comparator.comparingLong(Basket.Line::unitAmount))
                : Optional.empty();
    }

    private static boolean isNamedProduct(Reward reward) {
        return switch (reward.kind()) {
            case FREE_PRODUCT -> reward.sku() != null;
            case AMOUNT_OFF, PERCENT_OFF, FREE_SHIPPING, EXPERIENCE, GIFT -> false;
        };
    }

    /**
     * What the basket came to before this reward, at most, given what it left of it; empty where
     * that tells nothing, because the reward leaves nothing of any basket.
     */
    static OptionalLong before(Reward reward, long left) {
        return switch (reward.kind()) {
            case AMOUNT_OFF ->
                    atMostLargest(left + Objects.requireNonNullElse(reward.amount(), 0L));
            case PERCENT_OFF -> beforePercent(left, reward.percent());
            case FREE_PRODUCT, FREE_SHIPPING, EXPERIENCE, GIFT -> OptionalLong.of(left);
        };
    }

    /** Of what is cut to whole units, the largest that leaves just this. */
    private static OptionalLong beforePercent(long left, @Nullable Integer percent) {
        long rest = 100L - (percent == null ? 0 : percent);
        return rest <= 0 ? OptionalLong.empty() : atMostLargest(left * 100 / rest);
    }

    private static OptionalLong atMostLargest(long amount) {
        return OptionalLong.of(Math.min(amount, LARGEST_AMOUNT));
    }
}
