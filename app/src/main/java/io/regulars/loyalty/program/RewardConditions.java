package io.regulars.loyalty.program;

import java.text.NumberFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a voucher asks of the order it is used for, as a sentence for its member. */
public final class RewardConditions {

    private RewardConditions() {}

    /** Empty where it asks for nothing. */
    public static Optional<String> sentence(Locale locale, Program program, Reward reward) {
        boolean vi = locale.getLanguage().equals("vi");
        long basket = Objects.requireNonNullElse(reward.minBasket(), 0L);
        int items = Objects.requireNonNullElse(reward.minOtherItems(), 0);
        String amount = Why.money(locale, program, basket);
        String number = NumberFormat.getIntegerInstance(locale).format(items);
        String fromAmount = (vi ? "Cho đơn hàng từ " : "For baskets from ") + amount;
        String withItems =
                vi
                        ? "khi có ít nhất " + number + " món khác trong đơn"
                        : "with at least "
                                + number
                                + (items == 1 ? " other item" : " other items")
                                + " in the basket";
        if (basket > 0) {
            return Optional.of(fromAmount + (items > 0 ? ", " + withItems : "") + ".");
        }
        return items > 0
                ? Optional.of(
                        withItems.substring(0, 1).toUpperCase(locale)
                                + withItems.substring(1)
                                + ".")
                : Optional.empty();
    }
}
