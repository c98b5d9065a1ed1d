package io.regulars.edge.imports;

import java.util.ArrayList;
import java.util.List;

/** Orders by the thousand. */
final class PurchaseBatches implements Batches {

    private static final int ROWS = 1_000;

    private final OrderReader reader;
    private final ImportPurchases importPurchases;
    private final ImportJob job;

    PurchaseBatches(OrderReader reader, ImportPurchases importPurchases, ImportJob job) {
        this.reader = reader;
        this.importPurchases = importPurchases;
        this.job = job;
    }

    @Override
    public Batch next() {
        List<Order> orders = new ArrayList<>();
        int rows = 0;
        while (rows < ROWS && !reader.isAtEnd()) {
            Order order = reader.next();
            orders.add(order);
            rows += order.rows().size();
        }
        return new Batch(
                reader.nextLine(), reader.isAtEnd(), tx -> importPurchases.apply(tx, job, orders));
    }
}
