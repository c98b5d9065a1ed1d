package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.EarningRules.Input;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.referrals.Referrals;
import io.regulars.loyalty.rewards.OrderVouchers;
import io.regulars.loyalty.stampcards.StampCards;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Takes back what a refunded part of a purchase brought, from everybody who got something by it.
 */
final class CallBack {

    private final TenantTx tx;
    private final ProgramHistory history;
    private final List<UUID> accounts;
    private final Ledger ledger;
    private final TierBook tiers;

    private CallBack(TenantTx tx, ProgramHistory history, List<UUID> accounts) {
        this.tx = tx;
        this.history = history;
        this.accounts = accounts;
        this.ledger = Ledger.lock(tx, accounts);
        this.tiers = TierBook.openForRefund(tx, history, accounts);
    }

    /** Locks the accounts of the buyer, of who sent the buyer, and of whose vouchers were used. */
    static CallBack open(TenantTx tx, ProgramHistory history, PurchaseDao.Row purchase) {
        List<UUID> accounts =
                new ArrayList<>(OrderVouchers.owners(tx, purchase.source(), purchase.orderId()));
        if (purchase.memberId() != null) {
            UUID buyer = purchase.memberId().uuid();
            accounts.add(buyer);
            accounts.addAll(Referrals.partiesOf(tx, List.of(buyer)));
        }
        return new CallBack(tx, history, accounts.stream().distinct().toList());
    }

    /**
     * @param reversed points that the buyer lost
     * @param returned points that had been spent on the purchase and came back
     */
    record Done(long reversed, long returned) {}

    /**
     * @param at when it was refunded: what is called back is gone from then on
     */
    Done of(PurchaseState before, PurchaseState after, String refundId, Instant at) {
        boolean isOver = after.left() == 0;
        MemberId buyer = after.row().memberId();
        long reversed = 0;
        if (buyer != null && ledger.has(buyer.uuid())) {
            reversed = awards(buyer.uuid(), before, after, refundId, at);
            ledger.carry(buyer.uuid(), carry(ledger.account(buyer.uuid()), before, after));
            StampCards.unstamp(
                    tx,
                    ledger,
                    buyer,
                    after.row().effects().stampedOrNone(),
                    stamps(before, after));
            if (isOver) {
                Referrals.reverse(tx, ledger, history, buyer.uuid(), after.row().id().uuid(), at);
            }
            tiers.refunded(
                    buyer.uuid(),
                    after.row().purchasedAt(),
                    before.left() - after.left(),
                    0,
                    isOver);
        }
        long returned =
                isOver
                        ? OrderVouchers.returnForRefund(
                                tx,
                                ledger,
                                history.inForceAt(tx.now()),
                                after.row().source(),
                                after.row().orderId())
                        : 0;
        settle();
        return new Done(reversed, returned);
    }

    /** Sends it to the database; answers what happened to tiers. */
    List<Event> write() {
        ledger.write();
        return tiers.events();
    }

    private void settle() {
        for (UUID account : accounts) {
            if (ledger.has(account)) {
                ledger.calledBack(account)
                        .forEach(one ->
                                tiers.refunded(
                                        account, one.award().earnedAt(), 0, one.points(), false));
                tiers.settle(ledger, account, Cause.REFUND);
            }
        }
    }

    /** Answers how many points the buyer lost. */
    private long awards(
            UUID buyer, PurchaseState before, PurchaseState after, String refundId, Instant at) {
        Program.Refunds.SpentPoints policy = history.inForceAt(at).program().spentPoints();
        Map<String, Long> budgets = new HashMap<>();
        long reversed = 0;
        for (Lot award : ledger.awards(buyer, after.row().id().uuid())) {
            long points = target(award, after) - award.reversed();
            if (points > 0) {
                reversed +=
                        ledger.reverse(
                                award, points, policy, inputs(award, before, after, refundId), at);
                budgets.merge(String.valueOf(award.rule()), -points, Long::sum);
            }
        }
        Awards.giveBackBudgets(tx, history, budgets);
        return reversed;
    }

    private static StampCards.Refund stamps(PurchaseState before, PurchaseState after) {
        List<StampCards.LineRefund> lines = new ArrayList<>();
        for (int i = 0; i < after.lines().size(); i++) {
            PurchaseState.LineState line = after.lines().get(i);
            lines.add(
                    new StampCards.LineRefund(
                            line.line().lineId(),
                            before.lines().get(i).piecesBack(),
                            line.piecesBack()));
        }
        return new StampCards.Refund(
                new StampCards.Refunded(
                        after.row().amount(), before.row().refunded(), after.row().refunded()),
                lines);
    }

    /** What all refunds so far call back of this award. */
    private static long target(Lot award, PurchaseState state) {
        List<String> lines = lines(award);
        long base = number(award, Input.AMOUNT);
        long refunded = state.row().effects().refundedOf(lines, state);
        boolean whole = state.left() == 0;
        return award.inputs().containsKey(Input.FIXED)
                ? RefundMath.calledBackFixed(award.points(), base, refunded, whole)
                : RefundMath.calledBack(award.points(), base, refunded, whole);
    }

    private static Map<String, Object> inputs(
            Lot award, PurchaseState before, PurchaseState after, String refundId) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        List<String> lines = lines(award);
        inputs.put("refund_id", refundId);
        inputs.put(
                "refunded",
                after.row().effects().refundedOf(lines, after)
                        - before.row().effects().refundedOf(lines, before));
        inputs.put(Input.AMOUNT, number(award, Input.AMOUNT));
        return inputs;
    }

    /** Takes the refunded share of what the purchase added to remainders off again. */
    private static Map<String, Long> carry(
            Account account, PurchaseState before, PurchaseState after) {
        Map<String, Long> carry = new HashMap<>(account.carry());
        after.row()
                .effects()
                .sharesOrNone()
                .forEach((rule, share) ->
                        carry.merge(
                                rule,
                                undone(share, before, false)
                                        - undone(share, after, after.left() == 0),
                                Long::sum));
        carry.values().removeIf(rest -> rest == 0);
        return carry;
    }

    /**
     * @param isOver whether nothing is left; what comes before a refund never is, though a purchase
     *     of nothing looks like it
     */
    private static long undone(EarningRules.Share share, PurchaseState state, boolean isOver) {
        long refunded = state.row().effects().refundedOf(share.lines(), state);
        return RefundMath.undone(share.share(), share.base(), refunded, isOver);
    }

    private static List<String> lines(Lot award) {
        return award.inputs().get(Input.LINES) instanceof List<?> lines
                ? lines.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static long number(Lot award, String input) {
        return award.inputs().get(input) instanceof Number number ? number.longValue() : 0;
    }
}
