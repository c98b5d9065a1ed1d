package io.regulars.loyalty.purchases;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.awards.Awards;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.EarningRules.Input;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TypeIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a purchase gave: of each award as it was recorded, never of the present rule.
 * Within the caller's transaction.
 */
public final class RefundPurchase {

    private final Programs programs;

    public RefundPurchase(Programs programs) {
        this.programs = programs;
    }

    /**
     * @param isNew false for a repeat of what was recorded before
     */
    public record Refunded(RefundDao.Row refund, boolean isNew) {}

    /** Which purchase is meant by a source and order id. */
    public static Optional<PurchaseId> find(TenantTx tx, String source, String orderId) {
        PurchaseDao.OrderKey key = new PurchaseDao.OrderKey(source, orderId);
        return Optional.ofNullable(new PurchaseDao(tx).byOrders(List.of(key)).get(key))
                .map(PurchaseDao.Row::id);
    }

    /** Part of a refund, by what was bought. */
    public record Goods(
            @Nullable String sku, @Nullable String category, int quantity, long amount) {}

    /**
     * The lines that are meant where only the goods are named: of those with the same sku and
     * category, the ones that still have something left, in their order. The same refund must be
     * told from a repeat, so what was refunded before does not count here.
     *
     * @throws Problem 422 where the purchase has no such goods, or not so many
     */
    public List<NewRefund.Line> linesOf(TenantTx tx, PurchaseId id, List<Goods> goods) {
        PurchaseDao dao = new PurchaseDao(tx);
        PurchaseState state =
                dao.state(dao.find(id).orElseThrow(() -> Problem.notFound("purchase")));
        Map<String, Long> left = new HashMap<>();
        state.lines().forEach(line -> left.put(line.line().lineId(), line.line().amount()));
        List<NewRefund.Line> lines = new ArrayList<>();
        for (Goods one : goods) {
            long missing = one.amount();
            for (PurchaseState.LineState line : state.lines()) {
                String lineId = line.line().lineId();
                long part = Math.min(missing, left.getOrDefault(lineId, 0L));
                if (part > 0
                        && Objects.equals(line.line().sku(), one.sku())
                        && Objects.equals(line.line().category(), one.category())) {
                    lines.add(new NewRefund.Line(lineId, null, part));
                    left.merge(lineId, -part, Long::sum);
                    missing -= part;
                }
            }
            if (missing > 0) {
                throw Problem.of(
                                ProblemType.REFUND_EXCEEDS_PURCHASE,
                                "The order has not so much of "
                                        + Optional.ofNullable(one.sku()).orElse("these goods")
                                        + ".")
                        .with("required", one.amount())
                        .with("available", one.amount() - missing);
            }
        }
        return lines;
    }

    /**
     * @throws Problem 404 for an unknown purchase; 422 {@code refund_exceeds_purchase} or with
     *     pointers; 409 {@code already_recorded} for another refund under the same id
     */
    public Refunded refund(TenantTx tx, PurchaseId id, NewRefund refund) {
        List<FieldError> errors = refund.errors();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        PurchaseDao dao = new PurchaseDao(tx);
        PurchaseDao.Row known = dao.find(id).orElseThrow(() -> Problem.notFound("purchase"));
        Ledger ledger =
                Ledger.lock(
                        tx,
                        known.memberId() == null ? List.of() : List.of(known.memberId().uuid()));
        PurchaseState before = dao.state(dao.lock(id).orElseThrow());
        RefundDao refunds = new RefundDao(tx);
        Optional<RefundDao.Row> there = refunds.find(id, refund.refundId());
        if (there.isPresent()) {
            return repeated(there.get(), refund);
        }
        if (before.left() == 0 && refunds.isAny(id)) {
            throw Problem.of(
                            ProblemType.REFUND_EXCEEDS_PURCHASE,
                            "All of this purchase has been refunded.")
                    .with("required", refund.amount() == null ? 0 : refund.amount())
                    .with("available", 0);
        }
        PurchaseState.Allocation allocation = refund.on(before);
        PurchaseState after = before.after(allocation);
        long reversed = callBack(tx, ledger, before, after, refund.refundId());
        dao.update(after);
        RefundDao.Row row =
                new RefundDao.Row(
                        TypeIds.next(),
                        id,
                        refund.refundId(),
                        allocation.amount(),
                        refund.reason(),
                        reversed,
                        0,
                        refund.contentHash(),
                        tx.now());
        refunds.insert(row, allocation);
        ledger.write();
        Outbox.append(tx, event(row, after));
        return new Refunded(row, true);
    }

    private static Refunded repeated(RefundDao.Row there, NewRefund refund) {
        if (!there.contentHash().equals(refund.contentHash())) {
            throw Problem.of(
                            ProblemType.ALREADY_RECORDED,
                            "This refund id belongs to a refund with other content.")
                    .at("/refund_id", "already_recorded");
        }
        return new Refunded(there, false);
    }

    /** Answers how many points the member lost. */
    private long callBack(
            TenantTx tx,
            Ledger ledger,
            PurchaseState before,
            PurchaseState after,
            String refundId) {
        if (after.row().memberId() == null) {
            return 0;
        }
        UUID member = after.row().memberId().uuid();
        ProgramHistory history = programs.history(tx);
        Program.Refunds.SpentPoints policy = history.inForceAt(tx.now()).program().spentPoints();
        Map<String, Long> budgets = new HashMap<>();
        long reversed = 0;
        for (Lot award : ledger.awards(member, after.row().id().uuid())) {
            long points = target(award, after) - award.reversed();
            if (points > 0) {
                reversed +=
                        ledger.reverse(
                                award, points, policy, inputs(award, before, after, refundId));
                budgets.merge(String.valueOf(award.rule()), -points, Long::sum);
            }
        }
        Awards.giveBackBudgets(tx, history, budgets);
        ledger.carry(member, carry(ledger.account(member), before, after));
        return reversed;
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
                        carry.merge(rule, undone(share, before) - undone(share, after), Long::sum));
        carry.values().removeIf(rest -> rest == 0);
        return carry;
    }

    private static long undone(EarningRules.Share share, PurchaseState state) {
        long refunded = state.row().effects().refundedOf(share.lines(), state);
        return refunded == 0
                ? 0
                : RefundMath.undone(share.share(), share.base(), refunded, state.left() == 0);
    }

    private static Event event(RefundDao.Row refund, PurchaseState after) {
        return new Event.PurchaseRefunded(
                refund.id(),
                refund.purchaseId().uuid(),
                after.row().memberId() == null ? null : after.row().memberId().uuid(),
                refund.amount(),
                refund.pointsReversed(),
                refund.pointsReturned());
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
