package io.regulars.edge.imports;

import java.util.ArrayList;
import java.util.List;

/** Orders by the thousand. */
final class PurchaseBatches implements Batches {

    private static final int ROWS = 1_000;

    /** Where row upon row cannot be read, a batch ends in the middle of them. */
    private static final int MOST_ROWS = 2_000;

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
        while (!reader.isAtEnd() && (rows < ROWS || (rows < MOST_ROWS && reader.isCut()))) {
            Order order = reader.next();
            orders.add(order);
            rows += order.rows().size();
        }
        return new Batch(
                reader.nextLine(), reader.isAtEnd(), tx -> importPurchases.apply(tx, job, orders));
    }
}
