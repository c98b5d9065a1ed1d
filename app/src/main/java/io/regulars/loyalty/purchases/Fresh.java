package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.purchases.PurchaseDao.LineRow;
import java.util.ArrayList;
import java.util.List;

/** A purchase that was recorded just now. */
record Fresh(PurchaseDao.Row row, NewPurchase purchase) {

    List<LineRow> lines() {
        List<LineRow> lines = new ArrayList<>();
        for (NewPurchase.Line line : purchase.lines()) {
            lines.add(new LineRow(row.id(), lines.size(), line));
        }
        return lines;
    }

    List<Occasion.Item> items() {
        return purchase.lines().stream()
                .map(l -> new Occasion.Item(l.lineId(), l.sku(), l.category(), l.amount()))
                .toList();
    }
}
