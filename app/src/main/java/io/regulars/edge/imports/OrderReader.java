package io.regulars.edge.imports;

import io.regulars.loyalty.purchases.NewPurchase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads purchases: rows of one order that follow each other are one. */
final class OrderReader {

    static final Header.Columns COLUMNS =
            new Header.Columns(
                    List.of(
                            "source",
                            "order_id",
                            "member_external_id",
                            "purchased_at",
                            "amount",
                            "sku",
                            "category",
                            "quantity",
                            "line_amount",
                            "cost",
                            "refund_of"),
                    List.of("source", "order_id", "member_external_id", "purchased_at", "amount"),
                    List.of("order_id"),
                    false,
                    Map.of());

    private static final int LONGEST_EXTERNAL_ID = 255;

    private final RowReader reader;
    private final Header header;
    private final ZoneId zone;
    private Optional<Order.Row> ahead;
    private Order.@Nullable Row behind;

    /**
     * @param zone the shop's, for dates without a time
     */
    OrderReader(RowReader reader, Header header, ZoneId zone) {
        this.reader = reader;
        this.header = header;
        this.zone = zone;
        this.ahead = read();
    }

    /** The line at which the next order begins. */
    long nextLine() {
        return ahead.map(Order.Row::line).orElseGet(reader::nextLine);
    }

    /** Whether the last row may be one of the next order; who begins there does not know of it. */
    boolean isCut() {
        return behind != null && behind.isNameless();
    }

    boolean isAtEnd() {
        return ahead.isEmpty();
    }

    /** The next order; not to be called at the end. */
    Order next() {
        Order.Row first = ahead.orElseThrow();
        List<Order.Row> rows = new ArrayList<>(1);
        rows.add(first);
        long more = 0;
        ahead = read();
        while (ahead.isPresent() && ahead.get().belongsWith(first)) {
            if (rows.size() < Order.MOST_ROWS) {
                rows.add(ahead.get());
            } else {
                more++;
            }
            ahead = read();
        }
        Order.Row cut =
                Stream.concat(Stream.ofNullable(behind), ahead.stream())
                        .filter(Order.Row::isNameless)
                        .findFirst()
                        .orElse(null);
        behind = rows.getLast();
        return new Order(rows, more, cut);
    }

    private Optional<Order.Row> read() {
        return reader.next().map(row -> row(new Cells(header, row)));
    }

    private Order.Row row(Cells cells) {
        if (!cells.areThere()) {
            return new Order.Row(
                    cells.line(), "", "", null, null, null, 0, null, null, cells.errors());
        }
        String source = cells.required("source");
        String orderId = cells.required("order_id");
        String member = cells.text("member_external_id");
        if (member != null && member.length() > LONGEST_EXTERNAL_ID) {
            cells.refuse("member_external_id", "invalid_text", "has more than 255 characters.");
        }
        if (cells.text("purchased_at") == null) {
            cells.refuse("purchased_at", "required", "must not be empty.");
        }
        Instant purchasedAt = cells.time("purchased_at", zone);
        String amount = cells.required("amount");
        long paid = amount.isEmpty() ? 0 : cells.wholeNumber("amount", amount);
        NewPurchase.Line item = item(cells);
        String cost = cells.text("cost");
        String refundOf = cells.text("refund_of");
        if (refundOf != null && refundOf.equals(orderId)) {
            cells.refuse(
                    "refund_of", "same_order", "must name another order, which is taken back.");
        }
        if (refundOf != null && paid == 0 && cells.errors().isEmpty()) {
            cells.refuse("amount", "out_of_range", "of a refund is what goes back: more than 0.");
        }
        return new Order.Row(
                cells.line(),
                source,
                orderId,
                refundOf,
                member,
                purchasedAt,
                paid,
                cost == null ? null : Long.valueOf(cells.wholeNumber("cost", cost)),
                item,
                cells.errors());
    }

    /** Without anything in the columns of lines the row is a purchase by itself. */
    private static NewPurchase.@Nullable Line item(Cells cells) {
        String sku = cells.text("sku");
        String category = cells.text("category");
        String quantity = cells.text("quantity");
        String amount = cells.text("line_amount");
        if (sku == null && category == null && quantity == null && amount == null) {
            return null;
        }
        if (amount == null) {
            cells.refuse("line_amount", "required", "must not be empty.");
        }
        long lineAmount = amount == null ? 0 : cells.wholeNumber("line_amount", amount);
        long pieces = quantity == null ? 1 : cells.wholeNumber("quantity", quantity);
        if (pieces > Integer.MAX_VALUE || pieces < Integer.MIN_VALUE) {
            cells.refuse("quantity", "out_of_range", "is too large a number.");
        }
        return new NewPurchase.Line("", sku, category, (int) pieces, lineAmount);
    }
}
