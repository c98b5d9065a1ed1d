package io.regulars.loyalty.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.loyalty.program.EarningRules;
import io.regulars.loyalty.program.EarningRules.Input;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Program;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Any purchase under any program, given back in any parts: what the rules and the sums say. */
class RefundPartsPropertyTest {

    private static final Instant NOON = Instant.parse("2027-03-01T05:00:00Z");
    private static final int TRIES = 2_000;

    @Provide
    Arbitrary<Program> programs() {
        return Draws.programs();
    }

    @Provide
    Arbitrary<List<NewPurchase.Line>> lines() {
        return Draws.lines();
    }

    /** A purchase and what it earned. */
    private record Sold(PurchaseState state, EarningRules.Outcome earned) {

        /** Each award's points that refunds have called back by now. */
        Map<String, Long> calledBack(PurchaseState now) {
            Map<String, Long> points = new HashMap<>();
            for (EarningRules.Award award : earned.awards()) {
                long base = ((Number) award.inputs().getOrDefault(Input.AMOUNT, 0L)).longValue();
                long refunded = Effects.NONE.refundedOf(lines(award), now);
                boolean whole = now.left() == 0;
                points.put(
                        award.rule(),
                        award.inputs().containsKey(Input.FIXED)
                                ? RefundMath.calledBackFixed(award.points(), base, refunded, whole)
                                : RefundMath.calledBack(award.points(), base, refunded, whole));
            }
            return points;
        }

        /** What refunds have undone of what it added to each remainder. */
        Map<String, Long> undone(PurchaseState now) {
            Map<String, Long> rest = new HashMap<>();
            earned.shares()
                    .forEach((rule, share) ->
                            rest.put(
                                    rule,
                                    RefundMath.undone(
                                            share.share(),
                                            share.base(),
                                            Effects.NONE.refundedOf(share.lines(), now),
                                            now.left() == 0)));
            return rest;
        }

        private static List<String> lines(EarningRules.Award award) {
            return award.inputs().get(Input.LINES) instanceof List<?> lines
                    ? lines.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }

    @Property(tries = TRIES)
    void allPartsComeToTheWholeAndNoneGivesAnythingBack(
            @ForAll("programs") Program program,
            @ForAll("lines") List<NewPurchase.Line> lines,
            @ForAll @LongRange(min = 1, max = 2_000) long unnamed,
            @ForAll @LongRange(min = -800, max = 800) long carried,
            @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 99) Integer> percents) {
        Sold sold = sell(program, lines, unnamed, carried);
        PurchaseState state = sold.state();
        for (int percent : percents) {
            long amount = Math.min(state.left() - 1, state.left() * percent / 100);
            PurchaseState next = state.after(amount(amount).on(state));
            isOnTheWay(sold, state, next);
            state = next;
        }
        PurchaseState over = state.after(NewRefund.ofAll("rest").on(state));
        isOnTheWay(sold, state, over);
        assertThat(over.left()).isZero();
        assertThat(over.lines()).allMatch(line -> line.left() == 0);
        for (EarningRules.Award award : sold.earned().awards()) {
            assertThat(sold.calledBack(over)).containsEntry(award.rule(), award.points());
        }
        sold.earned()
                .shares()
                .forEach((rule, share) ->
                        assertThat(sold.undone(over)).containsEntry(rule, share.share()));
    }

    @Property(tries = TRIES)
    void theOrderOfPartsDoesNotMatter(
            @ForAll("programs") Program program,
            @ForAll("lines") @Size(min = 1) List<NewPurchase.Line> lines,
            @ForAll @LongRange(max = 2_000) long unnamed,
            @ForAll @LongRange(min = -800, max = 800) long carried,
            @ForAll Random random) {
        Sold sold = sell(program, lines, unnamed, carried);
        List<NewRefund> parts = new ArrayList<>();
        for (NewPurchase.Line line : lines) {
            long left = line.amount();
            while (left > 0 && random.nextInt(4) > 0) {
                long part = 1 + random.nextLong(left);
                parts.add(
                        new NewRefund(
                                "part",
                                null,
                                List.of(new NewRefund.Line(line.lineId(), null, part)),
                                null,
                                null));
                left -= part;
            }
        }
        PurchaseState oneWay = after(sold.state(), parts);
        Collections.shuffle(parts, random);
        PurchaseState another = after(sold.state(), parts);
        assertThat(sold.calledBack(another)).isEqualTo(sold.calledBack(oneWay));
        assertThat(sold.undone(another)).isEqualTo(sold.undone(oneWay));
    }

    @Property(tries = TRIES)
    void whatIsEarnedAndWhatIsCarriedComesToWhatWasSpent(
            @ForAll("programs") Program program,
            @ForAll("lines") List<NewPurchase.Line> lines,
            @ForAll @LongRange(max = 2_000) long unnamed,
            @ForAll @LongRange(min = -800, max = 800) long carried) {
        EarningRules.Outcome earned = sell(program, lines, unnamed, carried).earned();
        assertThat(earned).isEqualTo(sell(program, lines, unnamed, carried).earned());
        assertThat(earned.awards()).allMatch(award -> award.points() > 0);
        earned.shares()
                .forEach((rule, share) -> {
                    Long step = program.rule(rule).orElseThrow().points().perAmount();
                    assertThat(step).isNotNull();
                    long before = carried;
                    long after = earned.carry().getOrDefault(rule, 0L);
                    assertThat(after).isEqualTo(before + share.share());
                    assertThat(after).isLessThan(step);
                    assertThat(before + share.base() - after)
                            .as("whole steps are what earned points")
                            .matches(spent -> spent >= 0 && spent % step == 0);
                });
    }

    private static PurchaseState after(PurchaseState sold, List<NewRefund> parts) {
        PurchaseState state = sold;
        for (NewRefund part : parts) {
            state = state.after(part.on(state));
        }
        return state;
    }

    /** Nothing that was taken back comes again, and never more is taken than there was. */
    private static void isOnTheWay(Sold sold, PurchaseState before, PurchaseState after) {
        assertThat(after.lines()).allMatch(line -> line.refunded() >= 0 && line.left() >= 0);
        assertThat(after.leftWithoutLine()).isNotNegative();
        for (EarningRules.Award award : sold.earned().awards()) {
            assertThat(sold.calledBack(after).get(award.rule()))
                    .isBetween(sold.calledBack(before).get(award.rule()), award.points());
        }
        sold.earned()
                .shares()
                .forEach((rule, share) ->
                        assertThat(Math.abs(sold.undone(after).getOrDefault(rule, 0L)))
                                .isBetween(
                                        Math.abs(sold.undone(before).getOrDefault(rule, 0L)),
                                        Math.abs(share.share())));
    }

    private static NewRefund amount(long amount) {
        return new NewRefund("part", amount, List.of(), null, null);
    }

    private static Sold sell(
            Program program, List<NewPurchase.Line> lines, long unnamed, long carried) {
        long amount = unnamed + lines.stream().mapToLong(NewPurchase.Line::amount).sum();
        Map<String, Long> carry = new HashMap<>();
        program.earning().forEach(rule -> carry.put(rule.key(), carried));
        EarningRules.Outcome earned =
                EarningRules.evaluate(
                        program,
                        new Occasion(
                                Occasion.PURCHASE,
                                NOON.atZone(ZoneId.of("Asia/Ho_Chi_Minh")),
                                amount,
                                lines.stream()
                                        .map(line ->
                                                new Occasion.Item(
                                                        line.lineId(),
                                                        line.sku(),
                                                        line.category(),
                                                        line.amount()))
                                        .toList(),
                                null,
                                "silver",
                                true,
                                carry,
                                Map.of()));
        PurchaseDao.Row row =
                new PurchaseDao.Row(
                        PurchaseId.next(),
                        "till",
                        "order",
                        null,
                        amount,
                        0,
                        null,
                        null,
                        null,
                        Effects.NONE,
                        1,
                        "",
                        NOON,
                        NOON,
                        NOON);
        List<PurchaseState.LineState> states = new ArrayList<>();
        lines.forEach(
                line -> states.add(PurchaseState.LineState.untouched(states.size() + 1, line)));
        return new Sold(new PurchaseState(row, states), earned);
    }
}
