package io.regulars.edge.imports;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.NewPurchase;
import io.regulars.platform.http.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as its rows tell it. It is taken or refused as a whole.
 *
 * @param rows those that are kept; never empty
 * @param more rows beyond what any purchase may have
 * @param cut a row before or behind that does not say whose it is and may be one of these; null
 *     where there is none
 */
record Order(List<Row> rows, long more, @Nullable Row cut) {

    /** One more than a purchase may have: enough to see that it is too long. */
    static final int MOST_ROWS = NewPurchase.MOST_LINES_IN_A_FILE + 1;

    private static final Pattern LINE = Pattern.compile("/lines/([0-9]+)/([a-z_]+)");

    Order {
        rows = List.copyOf(rows);
    }

    /**
     * A row of the file.
     *
     * @param refundOf the order that this one takes back; null for a purchase
     * @param cost what the goods of this row cost the shop; null: not known
     * @param item its line of the purchase, without a line id; null where the row is a purchase by
     *     itself
     * @param errors what is wrong with the row, seen alone
     */
    record Row(
            long line,
            String source,
            String orderId,
            @Nullable String refundOf,
            @Nullable String member,
            @Nullable Instant purchasedAt,
            long amount,
            @Nullable Long cost,
            NewPurchase.@Nullable Line item,
            List<RowError> errors) {

        /** Whether it does not say which order it is of, for instance because it cannot be read. */
        boolean isNameless() {
            return orderId.isEmpty() || source.isEmpty();
        }

        boolean belongsWith(Row first) {
            return item != null
                    && first.item != null
                    && orderId.equals(first.orderId)
                    && source.equals(first.source)
                    && Objects.equals(refundOf, first.refundOf)
                    && !isNameless();
        }
    }

    Row first() {
        return rows.getFirst();
    }

    long size() {
        return rows.size() + more;
    }

    @Nullable String member() {
        return first().member();
    }

    /** The order that this one takes back; null for a purchase. */
    @Nullable String refundOf() {
        return first().refundOf();
    }

    /** For one that takes another back. */
    RefundOrders.OrderRefund refund() {
        Row first = first();
        return new RefundOrders.OrderRefund(
                first.source(),
                Objects.requireNonNull(first.refundOf()),
                first.orderId(),
                first.member(),
                Objects.requireNonNull(first.purchasedAt()),
                first.amount(),
                rows.stream()
                        .flatMap(row -> Stream.ofNullable(row.item()))
                        .map(item ->
                                new RefundOrders.Line(
                                        item.sku(),
                                        item.category(),
                                        item.quantity(),
                                        item.amount()))
                        .toList());
    }

    NewPurchase purchase(@Nullable MemberId member) {
        List<NewPurchase.Line> lines = new ArrayList<>();
        for (Row row : rows) {
            NewPurchase.Line item = row.item();
            if (item != null) {
                String lineId = Integer.toString(lines.size() + 1);
                lines.add(
                        new NewPurchase.Line(
                                lineId,
                                item.sku(),
                                item.category(),
                                item.quantity(),
                                item.amount()));
            }
        }
        Row first = first();
        return new NewPurchase(
                first.source(),
                first.orderId(),
                member,
                first.purchasedAt(),
                first.amount(),
                NewPurchase.costOf(
                        rows.stream().map(row -> Optional.ofNullable(row.cost())).toList()),
                lines,
                null,
                List.of());
    }

    /** What is wrong with it before anything is looked up; empty where nothing is. */
    List<RowError> errors(Instant now) {
        List<RowError> errors = new ArrayList<>();
        for (Row row : rows) {
            errors.addAll(row.errors());
            if (row.errors().isEmpty()) {
                differences(row, errors);
            }
        }
        if (errors.isEmpty()) {
            purchase(null)
                    .errors(now, NewPurchase.MOST_LINES_IN_A_FILE)
                    .forEach(error -> errors.add(inFile(error)));
        }
        Row missing = cut;
        if (errors.isEmpty() && missing != null && lacksLines()) {
            return refused(
                    "order_refused",
                    "Line "
                            + missing.line()
                            + " may be a row of this order, whose lines do not come to its amount without it.");
        }
        return errors.isEmpty() ? errors : withOthers(errors);
    }

    private boolean lacksLines() {
        return first().item() != null
                && rows.stream()
                                .flatMap(row -> Stream.ofNullable(row.item()))
                                .mapToLong(NewPurchase.Line::amount)
                                .sum()
                        != first().amount();
    }

    /** The same words for every row. */
    List<RowError> refused(String code, String detail) {
        return rows.stream().map(row -> new RowError(row.line(), code, detail)).toList();
    }

    private void differences(Row row, List<RowError> errors) {
        Row first = first();
        if (!Objects.equals(row.member(), first.member())
                || !Objects.equals(row.purchasedAt(), first.purchasedAt())
                || row.amount() != first.amount()) {
            errors.add(
                    new RowError(
                            row.line(),
                            "order_differs",
                            "member, time and amount must be the same in all rows of an order, here as in line "
                                    + first.line()
                                    + "."));
        }
    }

    private RowError inFile(FieldError error) {
        Matcher line = LINE.matcher(error.pointer());
        if (!line.matches()) {
            String column = error.pointer().substring(1);
            return RowError.of(first().line(), column, error);
        }
        String column = line.group(2).equals("amount") ? "line_amount" : line.group(2);
        return RowError.of(rows.get(Integer.parseInt(line.group(1))).line(), column, error);
    }

    /** Rows without an error of their own fail with the others. */
    private List<RowError> withOthers(List<RowError> errors) {
        Set<Long> lines = new HashSet<>();
        errors.forEach(error -> lines.add(error.line()));
        List<RowError> all = new ArrayList<>(errors);
        for (Row row : rows) {
            if (!lines.contains(row.line())) {
                all.add(
                        new RowError(
                                row.line(),
                                "order_refused",
                                "Another row of this order is not right: line "
                                        + errors.getFirst().line()
                                        + "."));
            }
        }
        return all;
    }
}
