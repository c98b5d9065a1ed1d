package io.regulars.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A history as the two files that {@code POST /v1/imports} reads. */
final class HistoryCsv {
    private HistoryCsv() {}

    /** A file ready to send and how many rows of data it holds. */
    record Sheet(String text, long rows) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    static Sheet members(History history) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = writer(text)) {
            csv.writeRecord(
                    "external_id",
                    "email",
                    "phone",
                    "name",
                    "birth_date",
                    "joined_at",
                    "locale",
                    "time_zone",
                    "marketing_email",
                    "consent_source",
                    "consent_at");
            for (Buyer buyer : history.buyers()) {
                Buyer.Consent consent = buyer.consent();
                csv.writeRecord(
                        buyer.externalId(),
                        orEmpty(buyer.email()),
                        orEmpty(buyer.phone()),
                        buyer.name(),
                        orEmpty(buyer.birth()),
                        buyer.joinedAt().toString(),
                        buyer.locale(),
                        "",
                        consent == null ? "" : Boolean.toString(consent.granted()),
                        consent == null ? "" : consent.source(),
                        consent == null ? "" : consent.at().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sheet(text.toString(), history.buyers().size());
    }

    static Sheet purchases(History history) {
        StringWriter text = new StringWriter();
        long rows = 0;
        try (CsvWriter csv = writer(text)) {
            csv.writeRecord(
                    "source",
                    "order_id",
                    "member_external_id",
                    "purchased_at",
                    "amount",
                    "sku",
                    "category",
                    "quantity",
                    "line_amount");
            for (Order order : history.orders()) {
                for (Order.Line line : order.lines()) {
                    csv.writeRecord(
                            "pos",
                            order.orderId(),
                            order.memberExternalId(),
                            order.purchasedAt().toString(),
                            Long.toString(order.amount()),
                            line.sku(),
                            line.category(),
                            Integer.toString(line.quantity()),
                            Long.toString(line.amount()));
                    rows++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sheet(text.toString(), rows);
    }

    private static CsvWriter writer(StringWriter text) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
