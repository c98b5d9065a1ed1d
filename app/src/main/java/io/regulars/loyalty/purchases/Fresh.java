package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.rewards.Basket;
import io.regulars.loyalty.rewards.OrderVouchers;
import io.regulars.loyalty.stampcards.StampCards;
import java.util.ArrayList;
import java.util.List;

/** A purchase that earns now: recorded just now, or claimed. */
record Fresh(PurchaseState state, List<String> voucherCodes) {

    static Fresh claimed(PurchaseState state) {
        return new Fresh(state, List.of());
    }

    static Fresh of(PurchaseDao.Row row, NewPurchase purchase) {
        List<PurchaseState.LineState> lines = new ArrayList<>();
        for (NewPurchase.Line line : purchase.lines()) {
            lines.add(PurchaseState.LineState.untouched(lines.size(), line));
        }
        return new Fresh(new PurchaseState(row, lines), purchase.voucherCodes());
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

    /** What vouchers look at. */
    OrderVouchers.Order order() {
        return new OrderVouchers.Order(
                row().source(),
                row().orderId(),
                row().memberId(),
                row().amount(),
                state.lines().stream()
                        .map(l ->
                                new Basket.Line(
                                        l.line().sku(), l.line().quantity(), l.line().amount()))
                        .toList());
    }

    /** What stamp cards look at. */
    StampCards.Bought bought() {
        return new StampCards.Bought(
                row().id().uuid(),
                state.left(),
                state.lines().stream()
                        .map(l ->
                                new StampCards.Item(
                                        l.line().lineId(),
                                        l.line().category(),
                                        l.piecesLeft(),
                                        l.left()))
                        .toList());
    }
}
