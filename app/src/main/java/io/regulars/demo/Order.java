package io.regulars.demo;

import java.time.Instant;
import java.util.List;

/** One simulated purchase; amounts in whole dong. */
public record Order(
        String orderId, String memberExternalId, Instant purchasedAt, List<Line> lines) {

    public record Line(String sku, String category, int quantity, long amount) {}

    public long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }
}
