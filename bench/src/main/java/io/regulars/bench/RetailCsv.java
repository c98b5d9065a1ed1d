package io.regulars.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * UCI Online Retail (Chen, Sain and Guo 2012) as purchases for the import: the invoices of known
 * customers, with what was sold. Cancellations are left out, since {@code COPY} knows none.
 */
final class RetailCsv {

    private static final String HEADER =
            "source,order_id,member_external_id,purchased_at,amount,sku,quantity,line_amount\n";

    /** An order of the API has no more. */
    private static final int MOST_LINES = 500;

    private RetailCsv() {}

    private record Line(
            String invoice, String customer, String at, String sku, int quantity, long pence) {}

    /**
     * @param most how many rows will do
     * @return how many rows were written
     */
    static long write(Path data, Path csv, long most) throws IOException {
        long written = 0;
        Set<String> seen = new HashSet<>();
        try (BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(data)), UTF_8));
                CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(in);
                BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write(HEADER);
            List<Line> order = new ArrayList<>();
            for (NamedCsvRecord row : rows) {
                String invoice = row.getField("InvoiceNo");
                if (!order.isEmpty() && !order.getFirst().invoice().equals(invoice)) {
                    written += write(order, seen, out);
                    order.clear();
                    if (written >= most) {
                        break;
                    }
                }
                take(row, invoice, order);
            }
            written += write(order, seen, out);
        }
        return written;
    }

    private static void take(NamedCsvRecord row, String invoice, List<Line> order) {
        String customer = row.getField("CustomerID");
        int quantity = Integer.parseInt(row.getField("Quantity"));
        long pence =
                new BigDecimal(row.getField("UnitPrice"))
                        .movePointRight(2)
                        .multiply(BigDecimal.valueOf(quantity))
                        .longValue();
        if (!customer.isEmpty() && !invoice.startsWith("C") && quantity > 0 && pence > 0) {
            order.add(
                    new Line(
                            invoice,
                            customer.replace(".0", ""),
                            row.getField("InvoiceDate").replace(' ', 'T') + "Z",
                            row.getField("StockCode"),
                            quantity,
                            pence));
        }
    }

    private static int write(List<Line> order, Set<String> seen, BufferedWriter out)
            throws IOException {
        if (order.isEmpty() || order.size() > MOST_LINES || !seen.add(order.getFirst().invoice())) {
            return 0;
        }
        long amount = order.stream().mapToLong(Line::pence).sum();
        Line first = order.getFirst();
        for (Line line : order) {
            out.write(
                    String.join(
                            ",",
                            "uci",
                            first.invoice(),
                            first.customer(),
                            first.at(),
                            Long.toString(amount),
                            line.sku(),
                            Integer.toString(line.quantity()),
                            line.pence() + "\n"));
        }
        return order.size();
    }
}
