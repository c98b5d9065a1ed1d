package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.Occasion;
import java.util.ArrayList;
import java.util.List;

/** A purchase that earns now: recorded just now, or claimed. */
record Fresh(PurchaseState state) {

    static Fresh of(PurchaseDao.Row row, NewPurchase purchase) {
        List<PurchaseState.LineState> lines = new ArrayList<>();
        for (NewPurchase.Line line : purchase.lines()) {
            lines.add(new PurchaseState.LineState(lines.size(), line, 0));
        }
        return new Fresh(new PurchaseState(row, lines));
    }

    PurchaseDao.Row row() {
        return state.row();
    }

    List<PurchaseDao.LineRow> lineRows() {
        return state.lines().stream()
                .map(line -> new PurchaseDao.LineRow(row().id(), line.lineNo(), line.line()))
                .toList();
    }

    /** What counts: a part that was refunded before somebody claimed the purchase does not. */
    List<Occasion.Item> items() {
        return state.lines().stream()
                .map(l ->
                        new Occasion.Item(
                                l.line().lineId(), l.line().sku(), l.line().category(), l.left()))
                .toList();
    }
}
