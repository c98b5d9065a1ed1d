package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.rewards.Basket;
import io.regulars.platform.db.ContentHash;
import io.regulars.platform.http.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A purchase to be recorded.
 *
 * @param member null for a receipt without a member
 * @param purchasedAt null for now
 * @param amount what was paid for goods after discounts, without shipping, in minor units
 * @param cost what the goods cost the shop, for reports; null: not known
 */
public record NewPurchase(
        String source,
        String orderId,
        @Nullable MemberId member,
        @Nullable Instant purchasedAt,
        long amount,
        @Nullable Long cost,
        List<Line> lines,
        @Nullable String location,
        List<String> voucherCodes) {

    /** The largest amount that survives JavaScript's numbers. */
    static final long LARGEST_AMOUNT = 1L << 53;

    /** A file may have longer orders than a request: nobody waits for its answer. */
    public static final int MOST_LINES_IN_A_FILE = 10_000;

    static final int MOST_LINES = 500;
    private static final int MOST_VOUCHERS = 20;
    private static final int LONGEST = 255;
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    public NewPurchase {
        lines = List.copyOf(lines);
        voucherCodes = List.copyOf(voucherCodes);
    }

    /**
     * One line of it.
     *
     * @param lineId the caller's; unique in the purchase
     * @param amount the line's total, in minor units
     */
    public record Line(
            String lineId,
            @Nullable String sku,
            @Nullable String category,
            int quantity,
            long amount) {}

    /**
     * What an order's goods cost, by what its lines cost.
     *
     * @return null where any of them is not known
     */
    public static @Nullable Long costOf(List<Optional<Long>> costs) {
        if (costs.isEmpty() || !costs.stream().allMatch(Optional::isPresent)) {
            return null;
        }
        long sum = 0;
        for (Optional<Long> cost : costs) {
            if (cost.orElseThrow() < 0) {
                return cost.orElseThrow();
            }
            sum += Math.min(cost.orElseThrow(), LARGEST_AMOUNT);
        }
        return sum;
    }

    /**
     * What is wrong with it.
     *
     * @param mostLines how many it may have
     */
    public List<FieldError> errors(Instant now, int mostLines) {
        List<FieldError> errors = new ArrayList<>();
        text(errors, "/source", source, 100);
        text(errors, "/order_id", orderId, LONGEST);
        amount(errors, "/amount", amount);
        if (cost != null) {
            amount(errors, "/cost", cost);
        }
        if (purchasedAt != null && purchasedAt.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            errors.add(
                    new FieldError(
                            "/purchased_at",
                            "in_the_future",
                            "A purchase cannot lie in the future."));
        }
        if (location != null) {
            text(errors, "/location", location, LONGEST);
        }
        if (voucherCodes.size() > MOST_VOUCHERS) {
            errors.add(
                    new FieldError(
                            "/voucher_codes", "too_many", "At most " + MOST_VOUCHERS + " codes."));
        }
        lines(errors, mostLines);
        return errors;
    }

    private void lines(List<FieldError> errors, int most) {
        if (lines.size() > most) {
            errors.add(new FieldError("/lines", "too_many", "At most " + most + " lines."));
            return;
        }
        Set<String> ids = new HashSet<>();
        long sum = 0;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String at = "/lines/" + i;
            text(errors, at + "/line_id", line.lineId(), LONGEST);
            amount(errors, at + "/amount", line.amount());
            if (line.quantity() < 1) {
                errors.add(new FieldError(at + "/quantity", "out_of_range", "At least 1."));
            }
            if (!ids.add(line.lineId())) {
                errors.add(
                        new FieldError(
                                at + "/line_id", "duplicate_key", "Another line has this id."));
            }
            if (line.sku() != null) {
                text(errors, at + "/sku", line.sku(), LONGEST);
            }
            if (line.category() != null) {
                text(errors, at + "/category", line.category(), LONGEST);
            }
            sum += Math.clamp(line.amount(), 0, LARGEST_AMOUNT);
        }
        if (errors.isEmpty()) {
            Basket.linesBeyond("/lines", sum, amount).ifPresent(errors::add);
        }
    }

    static void text(List<FieldError> errors, String at, String text, int longest) {
        if (text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0) {
            errors.add(
                    new FieldError(
                            at, "invalid_text", "Must have 1 to " + longest + " characters."));
        }
    }

    static void amount(List<FieldError> errors, String at, long amount) {
        if (amount < 0 || amount > LARGEST_AMOUNT) {
            errors.add(
                    new FieldError(
                            at,
                            "out_of_range",
                            "Must be 0 to " + LARGEST_AMOUNT + " minor units."));
        }
    }

    /**
     * A digest of all that was said but whose it is, by which a repeat is told from another
     * purchase under the same order id. Whose it is changes with merges.
     */
    String contentHash() {
        return ContentHash.of(
                new NewPurchase(
                        source,
                        orderId,
                        null,
                        purchasedAt,
                        amount,
                        cost,
                        lines,
                        location,
                        voucherCodes));
    }
}
