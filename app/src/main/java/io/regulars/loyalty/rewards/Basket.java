package io.regulars.loyalty.rewards;

import io.regulars.platform.http.FieldError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to buy, or has bought.
 *
 * @param amount of all of it, before vouchers, in minor units
 * @param isItemised whether the lines are told; where they are not, nothing is asked of them
 */
public record Basket(long amount, List<Line> lines, boolean isItemised) {

    /**
     * Some of one thing.
     *
     * @param amount of all of them, in minor units
     */
    public record Line(@Nullable String sku, long quantity, long amount) {

        /** What one of them costs, cut to whole minor units. */
        long unitAmount() {
            return amount / quantity;
        }
    }

    public Basket {
        lines = List.copyOf(lines);
    }

    /**
     * What is wrong with lines that come to more than the whole of which they are parts.
     *
     * @param at the pointer to what is wrong
     */
    public static Optional<FieldError> linesBeyond(String at, long lines, long amount) {
        return lines <= amount
                ? Optional.empty()
                : Optional.of(
                        new FieldError(
                                at,
                                "lines_exceed_amount",
                                "The lines come to "
                                        + lines
                                        + ", more than the amount "
                                        + amount
                                        + "."));
    }

    long items() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }
}
