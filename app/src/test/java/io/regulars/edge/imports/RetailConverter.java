package io.regulars.edge.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a till's lines as purchases for the import, reading them once.
 *
 * <p>A cancellation does not say what it cancels. It is taken for the refund of the latest earlier
 * invoice of the same customer that still has as many of the same goods, for as much money. Where
 * there is none it is left out and said so; nothing is guessed. What the import has rules for
 * itself, such as a quantity below one, is written as it is.
 */
final class RetailConverter {

    static final String SOURCE = "uci";

    static final String HEADER =
            "source,order_id,member_external_id,purchased_at,amount,sku,quantity,line_amount,refund_of\n";

    private final Appendable csv;
    private final Map<String, List<Bought>> bought = new HashMap<>();
    private final List<RetailFile.Row> invoice = new ArrayList<>();
    private final Map<Long, String> originals = new TreeMap<>();
    private final Map<Long, String> leftOut = new TreeMap<>();
    private long written;

    private RetailConverter(Appendable csv) {
        this.csv = csv;
    }

    /** What is left of the same goods of an invoice. */
    private static final class Bought {
        final String invoice;
        int quantity;
        long pence;

        Bought(String invoice) {
            this.invoice = invoice;
        }
    }

    /**
     * @param written rows for the import
     * @param originals by the line of a cancellation, the invoice that it is a refund of
     * @param leftOut by line, why it was not written
     */
    record Report(long written, Map<Long, String> originals, Map<Long, String> leftOut) {

        Map<String, Long> reasons() {
            Map<String, Long> reasons = new TreeMap<>();
            leftOut.values().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
            return reasons;
        }
    }

    static Report convert(int lines, Appendable csv) throws IOException {
        RetailConverter converter = new RetailConverter(csv);
        csv.append(HEADER);
        RetailFile.forEach(lines, converter::take);
        converter.write();
        return new Report(converter.written, converter.originals, converter.leftOut);
    }

    private void take(RetailFile.Row row) {
        if (!invoice.isEmpty() && !invoice.getFirst().invoice().equals(row.invoice())) {
            write();
        }
        if (row.isBadDebt()) {
            leftOut.put(row.line(), "bad_debt");
        } else {
            invoice.add(row);
        }
    }

    private void write() {
        if (invoice.isEmpty()) {
            return;
        }
        if (invoice.getFirst().isCancellation()) {
            Map<String, List<RetailFile.Row>> byOriginal = new LinkedHashMap<>();
            for (RetailFile.Row row : invoice) {
                String original = original(row);
                if (original != null) {
                    originals.put(row.line(), original);
                    byOriginal.computeIfAbsent(original, id -> new ArrayList<>()).add(row);
                }
            }
            byOriginal.forEach((original, rows) -> writeOrder(rows, -1, original));
        } else {
            invoice.forEach(this::keep);
            writeOrder(invoice, 1, "");
        }
        invoice.clear();
    }

    private void keep(RetailFile.Row row) {
        if (row.customer().isEmpty()) {
            return;
        }
        List<Bought> same = bought.computeIfAbsent(goods(row), goods -> new ArrayList<>(1));
        if (same.isEmpty() || !same.getLast().invoice.equals(row.invoice())) {
            same.add(new Bought(row.invoice()));
        }
        same.getLast().quantity += row.quantity();
        same.getLast().pence += row.pence();
    }

    private @Nullable String original(RetailFile.Row row) {
        if (row.customer().isEmpty()) {
            leftOut.put(row.line(), "no_customer");
            return null;
        }
        List<Bought> same = bought.getOrDefault(goods(row), List.of());
        for (Bought one : same.reversed()) {
            if (one.quantity >= -row.quantity() && one.pence >= -row.pence()) {
                one.quantity += row.quantity();
                one.pence += row.pence();
                return one.invoice;
            }
        }
        leftOut.put(row.line(), same.isEmpty() ? "never_bought" : "not_enough_left");
        return null;
    }

    private static String goods(RetailFile.Row row) {
        return row.customer() + ' ' + row.stockCode();
    }

    /** Some invoices have lines of the next minute; an order has one time, its first line's. */
    private void writeOrder(List<RetailFile.Row> rows, int sign, String refundOf) {
        RetailFile.Row first = rows.getFirst();
        Instant at = first.at();
        long amount = rows.stream().mapToLong(RetailFile.Row::pence).sum() * sign;
        try {
            for (RetailFile.Row row : rows) {
                csv.append(SOURCE).append(',').append(first.invoice()).append(',');
                csv.append(first.customer()).append(',').append(at.toString()).append(',');
                csv.append(Long.toString(amount)).append(',').append(row.stockCode()).append(',');
                csv.append(Integer.toString(row.quantity() * sign)).append(',');
                csv.append(Long.toString(row.pence() * sign)).append(',').append(refundOf);
                csv.append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written += rows.size();
    }
}
