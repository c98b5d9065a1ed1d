package io.regulars.loyalty.purchases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Program.Refunds.SpentPoints;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.purchases.PurchaseResource.LineRequest;
import io.regulars.loyalty.purchases.PurchaseResource.PurchaseRequest;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random programs, and what may happen in a shop, in any order, on a real database: points always
 * add up. A failure names its seed.
 */
class PointsPropertyTest {

    private static final int MEMBERS = 2;

    /** Something that happens; numbers are taken modulo what there is. */
    sealed interface Step {

        /**
         * @param hoursAgo when it was bought; 0: now
         */
        record Buy(int member, long unnamed, List<NewPurchase.Line> lines, int hoursAgo)
                implements Step {}

        /** One that is brought back at once, in so many parts and a rest. */
        record BuyAndReturn(Buy buy, int parts) implements Step {}

        record Refund(int purchase, Part part, int percent) implements Step {}

        record Redeem(int member, String reward, boolean isHeld) implements Step {}

        record Cancel(int redemption) implements Step {}

        record Adjust(int member, long points, boolean allowDebt) implements Step {}

        record Wait(int hours) implements Step {}
    }

    enum Part {
        ALL,
        AMOUNT,
        LINE
    }

    @Provide
    Arbitrary<Program> programs() {
        return Draws.programs();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 11);
        Arbitrary<Step.Buy> buy =
                Combinators.combine(
                                any,
                                Draws.amounts(2_000),
                                Draws.lines(),
                                Arbitraries.of(0, 0, 0, 5, 800))
                        .as(Step.Buy::new);
        Arbitrary<Step> refund =
                Combinators.combine(
                                any,
                                Arbitraries.of(Part.values()),
                                Arbitraries.integers().between(1, 100))
                        .as(Step.Refund::new);
        Arbitrary<Step> redeem =
                Combinators.combine(any, Arbitraries.of(Draws.REWARDS), Arbitraries.of(true, false))
                        .as(Step.Redeem::new);
        Arbitrary<Step> adjust =
                Combinators.combine(
                                any,
                                Arbitraries.longs().between(-30, 30).filter(points -> points != 0),
                                Arbitraries.of(true, false, false))
                        .as(Step.Adjust::new);
        Arbitrary<Step> wait =
                Arbitraries.of(1, 5, 24, 24 * 3, 24 * 14, 24 * 40, 24 * 200, 24 * 370)
                        .map(Step.Wait::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, buy.map(one -> one)),
                        Tuple.of(
                                3,
                                Combinators.combine(buy, Arbitraries.integers().between(0, 3))
                                        .as(Step.BuyAndReturn::new)),
                        Tuple.of(5, refund),
                        Tuple.of(4, redeem),
                        Tuple.of(2, any.map(Step.Cancel::new)),
                        Tuple.of(1, adjust),
                        Tuple.of(3, wait))
                .list()
                .ofMinSize(3)
                .ofMaxSize(15);
    }

    @Property(tries = 14)
    void whateverHappensPointsAddUp(
            @ForAll("programs") Program program, @ForAll("steps") List<Step> steps) {
        Run run = new Run(program);
        for (Step step : steps) {
            run.take(step);
            run.addsUp(step);
        }
        run.repeatsChangeNothing();
        run.refundsOfEverythingLeaveNothing();
    }

    @Example
    void aPurchaseOfNothingThatEarnedByARemainderGivesTheRemainderBack() {
        Run run = new Run(onePointPerHundred(null));
        run.take(new Step.Buy(0, 60, List.of(), 0));
        run.take(new Step.Buy(0, 60, List.of(), 0));
        run.take(new Step.Buy(0, 70, List.of(), 0));
        run.take(new Step.Refund(1, Part.ALL, 100));
        run.take(new Step.BuyAndReturn(new Step.Buy(0, 0, List.of(), 0), 0));
    }

    @Example
    void aPurchaseOfNothingThatWasReturnedCountsForNoTier() {
        Run run =
                new Run(
                        onePointPerHundred(
                                new TierScheme(
                                        TierScheme.Basis.PURCHASES,
                                        TierScheme.Window.LIFETIME,
                                        null,
                                        List.of(
                                                Draws.level("basic", 0, null),
                                                Draws.level("silver", 2, null)))));
        run.take(new Step.Buy(0, 60, List.of(), 0));
        run.take(new Step.Buy(0, 0, List.of(), 0));
        Step.Refund refund = new Step.Refund(1, Part.ALL, 100);
        run.take(refund);
        run.addsUp(refund);
    }

    private static Program onePointPerHundred(@Nullable TierScheme tiers) {
        return Draws.program(
                List.of(EarningRule.of("spend", "purchase", EarningRule.Points.perAmount(100, 1))),
                tiers,
                Program.Expiry.NONE,
                new Program.Refunds(SpentPoints.WITHIN_BALANCE),
                true,
                List.of());
    }

    /** One shop's story. */
    private static final class Run {

        private final Program program;
        private final PropertyShop shop;
        private final List<PurchaseId> purchases = new ArrayList<>();
        private final List<String> redemptions = new ArrayList<>();
        private final List<Runnable> repeats = new ArrayList<>();

        /** Purchases of nothing, which can be returned once. */
        private final Set<PurchaseId> returned = new HashSet<>();

        private boolean mayOwe;
        private int number;

        Run(Program program) {
            this.program = program;
            this.shop = new PropertyShop(program, MEMBERS);
            this.mayOwe = program.spentPoints() == SpentPoints.ALLOW_DEBT;
        }

        void take(Step step) {
            switch (step) {
                case Step.Buy buy -> buy(buy);
                case Step.BuyAndReturn both -> buyAndReturn(both);
                case Step.Refund refund -> {
                    if (!purchases.isEmpty()) {
                        PurchaseId purchase = purchases.get(refund.purchase() % purchases.size());
                        refund(purchase, refund.part(), refund.percent());
                    }
                }
                case Step.Redeem redeem -> redeem(redeem);
                case Step.Cancel cancel -> {
                    if (!redemptions.isEmpty()) {
                        String id = redemptions.get(cancel.redemption() % redemptions.size());
                        shop.redemptions.cancel(shop.side, id);
                        repeats.add(() -> shop.redemptions.cancel(shop.side, id));
                    }
                }
                case Step.Adjust adjust -> adjust(adjust);
                case Step.Wait wait -> shop.advance(Duration.ofHours(wait.hours()));
            }
        }

        void addsUp(Step step) {
            assertThat(shop.findings()).as("after %s", step).isEmpty();
            for (PropertyShop.Standing standing : shop.everything().members()) {
                assertThat(standing.points().available()).as("available").isNotNegative();
                assertThat(standing.points().pending()).as("pending").isNotNegative();
                assertThat(standing.points().debt()).as("debt").isNotNegative();
                if (!mayOwe) {
                    assertThat(standing.points().debt()).as("debt after %s", step).isZero();
                }
            }
        }

        void repeatsChangeNothing() {
            PropertyShop.Everything before = shop.everything();
            repeats.forEach(Runnable::run);
            assertThat(shop.everything()).as("after every request again").isEqualTo(before);
        }

        /** Neither a remainder nor a stamp nor a tier hangs on what was brought back. */
        void refundsOfEverythingLeaveNothing() {
            for (PurchaseId purchase : purchases) {
                refund(purchase, Part.ALL, 100);
            }
            assertThat(shop.findings()).as("after refunding everything").isEmpty();
            for (PropertyShop.Standing standing : shop.everything().members()) {
                assertThat(standing.carry()).as("carry after refunding everything").isEmpty();
                assertThat(standing.stamps().values()).as("stamps").allMatch(n -> n == 0);
                assertThat(standing.tier()).as("tier after refunding everything").isNull();
            }
        }

        private PurchaseId buy(Step.Buy buy) {
            PurchaseRequest request = request(buy);
            PropertyShop.Everything before = shop.everything();
            PurchaseView simulated = shop.purchases.simulate(shop.side, request);
            assertThat(shop.everything()).as("after simulating").isEqualTo(before);
            BookPurchase.Booked booked = shop.purchases.book(shop.side, request);
            assertThat(booked.isNew()).isTrue();
            assertThat(simulated)
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .ignoringFieldsMatchingRegexes("stampCards.*\\.vouchers.*\\.(id|code)")
                    .isEqualTo(booked.purchase());
            repeats.add(() -> {
                BookPurchase.Booked again = shop.purchases.book(shop.side, request);
                assertThat(again.isNew()).isFalse();
                assertThat(again.purchase().id()).isEqualTo(booked.purchase().id());
            });
            purchases.add(booked.purchase().id());
            return booked.purchase().id();
        }

        private void buyAndReturn(Step.BuyAndReturn both) {
            MemberId member = member(both.buy().member());
            PropertyShop.Standing before = shop.standing(member);
            PurchaseId purchase = buy(both.buy());
            for (int i = 0; i < both.parts(); i++) {
                refund(purchase, i % 2 == 0 ? Part.LINE : Part.AMOUNT, 40);
            }
            refund(purchase, Part.ALL, 100);
            PropertyShop.Standing after = shop.standing(member);
            assertThat(after.carry()).as("carry after %s", both).isEqualTo(before.carry());
            assertThat(after.stamps()).as("stamps after %s", both).isEqualTo(before.stamps());
            assertThat(after.tier()).as("tier after %s", both).isEqualTo(before.tier());
            assertThat(after.tierEndsAt()).as("end of tier").isEqualTo(before.tierEndsAt());
            if (before.points().debt() == 0 || program.spentPoints() == SpentPoints.ALLOW_DEBT) {
                // Repaying a debt is spending; what a refund may not call back stays repaid.
                assertThat(after.points().available() + after.points().pending())
                        .as("points after %s", both)
                        .isEqualTo(before.points().available() + before.points().pending());
                assertThat(after.points().debt()).isEqualTo(before.points().debt());
            }
        }

        private void refund(PurchaseId purchase, Part part, int percent) {
            PurchaseState state = shop.state(purchase);
            NewRefund refund = refund(state, part, percent);
            if (state.left() == 0 && state.row().refunded() > 0) {
                assertThatThrownBy(() -> shop.refund(purchase, refund)).isInstanceOf(Problem.class);
                return;
            }
            if (state.left() == 0 && !returned.add(purchase)) {
                return;
            }
            RefundPurchase.Refunded refunded = shop.refund(purchase, refund);
            assertThat(refunded.isNew()).isTrue();
            repeats.add(() -> {
                RefundPurchase.Refunded again = shop.refund(purchase, refund);
                assertThat(again.isNew()).isFalse();
                assertThat(again.refund()).isEqualTo(refunded.refund());
            });
        }

        private NewRefund refund(PurchaseState state, Part part, int percent) {
            String id = "r" + ++number;
            List<PurchaseState.LineState> lines =
                    state.lines().stream().filter(line -> line.left() > 0).toList();
            Part possible = part == Part.LINE && lines.isEmpty() ? Part.AMOUNT : part;
            return switch (possible) {
                case LINE -> {
                    PurchaseState.LineState line = lines.get(percent % lines.size());
                    long amount = Math.max(1, line.left() * percent / 100);
                    yield new NewRefund(
                            id,
                            null,
                            List.of(new NewRefund.Line(line.line().lineId(), null, amount)),
                            null,
                            null);
                }
                case AMOUNT ->
                        new NewRefund(id, state.left() * percent / 100, List.of(), null, null);
                case ALL -> NewRefund.ofAll(id);
            };
        }

        private void redeem(Step.Redeem redeem) {
            try {
                redemptions.add(
                        shop.redemptions.redeem(
                                shop.side,
                                member(redeem.member()),
                                redeem.reward(),
                                redeem.isHeld()));
            } catch (Problem refused) {
                assertThat(refused.type().code()).isIn("not_enough_points", "sold_out");
            }
        }

        private void adjust(Step.Adjust adjust) {
            mayOwe |= adjust.allowDebt();
            try {
                shop.adjustments.adjust(
                        shop.side, member(adjust.member()), adjust.points(), adjust.allowDebt());
            } catch (Problem refused) {
                assertThat(refused.type().code()).isEqualTo("not_enough_points");
                assertThat(adjust.allowDebt()).isFalse();
            }
        }

        private PurchaseRequest request(Step.Buy buy) {
            long named = buy.lines().stream().mapToLong(NewPurchase.Line::amount).sum();
            List<LineRequest> lines =
                    buy.lines().stream()
                            .map(line ->
                                    new LineRequest(
                                            line.lineId(),
                                            line.sku(),
                                            line.category(),
                                            line.quantity(),
                                            line.amount(),
                                            null))
                            .toList();
            return new PurchaseRequest(
                    "till",
                    "o" + ++number,
                    MemberKey.ofId(member(buy.member()).toString()),
                    at(buy.hoursAgo()),
                    named + buy.unnamed(),
                    null,
                    lines,
                    null,
                    null);
        }

        private @Nullable Instant at(int hoursAgo) {
            return hoursAgo == 0 ? null : shop.now().minus(Duration.ofHours(hoursAgo));
        }

        private MemberId member(int any) {
            return Objects.requireNonNull(shop.members.get(any % MEMBERS));
        }
    }
}
