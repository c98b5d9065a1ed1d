package io.regulars.demo;

import java.time.Instant;
import java.util.List;

/** One simulated purchase; amounts in whole dong. */
record Order(String orderId, String memberExternalId, Instant purchasedAt, List<Line> lines) {

    record Line(String sku, String category, int quantity, long amount) {}

    long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }
}
