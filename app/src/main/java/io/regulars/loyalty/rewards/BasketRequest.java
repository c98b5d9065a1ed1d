package io.regulars.loyalty.rewards;

import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A basket as a till tells it.
 *
 * @param amount of all of it, before vouchers, in minor units
 * @param lines absent: nothing that is asked of items holds; they sum to at most the amount
 */
record BasketRequest(long amount, @Nullable List<BasketLine> lines) {

    private static final int MOST_LINES = 500;

    /**
     * A line.
     *
     * @param lineId the caller's, for the caller
     * @param quantity absent: 1
     * @param amount the line's total, in minor units
     */
    record BasketLine(
            @Nullable String lineId,
            @Nullable String sku,
            @Nullable String category,
            @Nullable Integer quantity,
            long amount) {}

    /**
     * @throws Problem 422 with a pointer for each thing that is not right
     */
    Basket basket() {
        List<FieldError> errors = new ArrayList<>();
        amount(errors, "/basket/amount", amount);
        List<BasketLine> asked = lines == null ? List.of() : lines;
        if (asked.size() > MOST_LINES) {
            errors.add(
                    new FieldError(
                            "/basket/lines", "too_many", "At most " + MOST_LINES + " lines."));
        }
        List<Basket.Line> read = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            BasketLine line = asked.get(i);
            amount(errors, "/basket/lines/" + i + "/amount", line.amount());
            int quantity = line.quantity() == null ? 1 : line.quantity();
            if (quantity < 1) {
                errors.add(
                        new FieldError(
                                "/basket/lines/" + i + "/quantity", "out_of_range", "At least 1."));
            }
            read.add(new Basket.Line(line.sku(), Math.max(1, quantity), line.amount()));
        }
        if (errors.isEmpty()) {
            Basket.linesBeyond(
                            "/basket/lines",
                            read.stream().mapToLong(Basket.Line::amount).sum(),
                            amount)
                    .ifPresent(errors::add);
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Basket(amount, read, true);
    }

    private static void amount(List<FieldError> errors, String at, long amount) {
        if (amount < 0 || amount > VoucherRules.LARGEST_AMOUNT) {
            errors.add(
                    new FieldError(
                            at,
                            "out_of_range",
                            "Must be 0 to " + VoucherRules.LARGEST_AMOUNT + " minor units."));
        }
    }
}
