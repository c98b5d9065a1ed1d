package io.regulars.loyalty.purchases;

import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.RewardKind;
import io.regulars.loyalty.program.TierScheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random programs and baskets. The numbers are small, so that limits, thresholds and remainders are
 * met often.
 */
final class Draws {

    static final List<String> CATEGORIES = List.of("coffee", "cake", "beans");

    /** What points buy. */
    static final List<String> REWARDS = List.of("small", "big");

    private static final String GRANTED = "granted";
    private static final LocalText NAME = LocalText.of("Regulars");

    private Draws() {}

    static Arbitrary<List<NewPurchase.Line>> lines() {
        Arbitrary<NewPurchase.Line> line =
                Combinators.combine(
                                Arbitraries.of(CATEGORIES),
                                Arbitraries.integers().between(1, 4),
                                amounts(1_500))
                        .as((category, quantity, amount) ->
                                new NewPurchase.Line("", category, category, quantity, amount));
        return line.list().ofMaxSize(4).map(Draws::numbered);
    }

    /** Zero more often than by chance: what costs nothing is an edge of its own. */
    static Arbitrary<Long> amounts(long most) {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0L)),
                Tuple.of(6, Arbitraries.longs().between(1, most)));
    }

    private static List<NewPurchase.Line> numbered(List<NewPurchase.Line> lines) {
        List<NewPurchase.Line> numbered = new ArrayList<>();
        for (NewPurchase.Line line : lines) {
            numbered.add(
                    new NewPurchase.Line(
                            Integer.toString(numbered.size() + 1),
                            line.sku(),
                            line.category(),
                            line.quantity(),
                            line.amount()));
        }
        return numbered;
    }

    static Arbitrary<Program> programs() {
        return Combinators.combine(
                        rules(),
                        tiers().injectNull(0.4),
                        expiry(),
                        Arbitraries.of(Program.Refunds.SpentPoints.values()),
                        Arbitraries.of(true, true, false),
                        cards())
                .as((rules, tiers, expiry, spent, carries, cards) ->
                        program(rules, tiers, expiry, new Program.Refunds(spent), carries, cards));
    }

    static Program program(
            List<EarningRule> rules,
            @Nullable TierScheme tiers,
            Program.Expiry expiry,
            Program.Refunds refunds,
            boolean carries,
            List<Program.StampCard> cards) {
        return new Program(
                NAME,
                new Program.Unit(NAME, NAME),
                "USD",
                null,
                null,
                null,
                null,
                null,
                rules,
                tiers,
                expiry,
                refunds,
                new Program.Rounding(carries),
                cards,
                null,
                null,
                rewards());
    }

    private static Arbitrary<List<EarningRule>> rules() {
        Arbitrary<EarningRule.Points> points =
                Arbitraries.oneOf(
                        Combinators.combine(
                                        Arbitraries.longs().between(1, 700),
                                        Arbitraries.longs().between(1, 5))
                                .as(EarningRule.Points::perAmount),
                        Arbitraries.longs().between(1, 40).map(EarningRule.Points::fixed));
        Arbitrary<EarningRule> rule =
                Combinators.combine(
                                points,
                                conditions(),
                                limits(),
                                Arbitraries.of(0, 0, 1, 14),
                                Arbitraries.of(true, false))
                        .as((gives, when, limits, pending, isBest) ->
                                new EarningRule(
                                        "",
                                        "purchase",
                                        gives,
                                        when,
                                        limits,
                                        pending,
                                        isBest ? EarningRule.Stack.BEST : EarningRule.Stack.ADD,
                                        isBest ? "group" : null,
                                        null));
        return rule.list().ofMinSize(1).ofMaxSize(3).map(Draws::keyed);
    }

    private static List<EarningRule> keyed(List<EarningRule> rules) {
        List<EarningRule> keyed = new ArrayList<>();
        for (EarningRule rule : rules) {
            keyed.add(
                    new EarningRule(
                            "rule" + keyed.size(),
                            rule.on(),
                            rule.points(),
                            rule.when(),
                            rule.limits(),
                            rule.pendingDays(),
                            rule.stack(),
                            rule.group(),
                            null));
        }
        return keyed;
    }

    private static Arbitrary<EarningRule.When> conditions() {
        return Arbitraries.of(
                EarningRule.When.ALWAYS,
                when(null, List.of("coffee"), null, null),
                when(null, List.of("coffee", "cake"), null, null),
                when(500L, null, null, null),
                when(null, null, List.of("gold"), null),
                when(null, null, null, true));
    }

    private static EarningRule.When when(
            @Nullable Long minAmount,
            @Nullable List<String> categories,
            @Nullable List<String> tiers,
            @Nullable Boolean first) {
        return new EarningRule.When(
                minAmount, categories, null, null, null, null, null, tiers, first);
    }

    private static Arbitrary<EarningRule.Limits> limits() {
        return Arbitraries.of(
                EarningRule.Limits.NONE,
                EarningRule.Limits.NONE,
                new EarningRule.Limits(2L, null, null),
                new EarningRule.Limits(null, 3L, null),
                new EarningRule.Limits(null, null, 60L));
    }

    private static Arbitrary<TierScheme> tiers() {
        return Combinators.combine(
                        Arbitraries.of(TierScheme.Basis.values()),
                        Arbitraries.of(TierScheme.Window.values()),
                        Arbitraries.of(TierScheme.Policy.values()),
                        Arbitraries.of(0, 10),
                        Arbitraries.of("1.5", "1.25", "2"))
                .as((basis, window, policy, grace, multiplier) ->
                        new TierScheme(
                                basis,
                                window,
                                new TierScheme.Downgrade(policy, grace),
                                List.of(
                                        level("basic", 0, null),
                                        level(
                                                "silver",
                                                threshold(basis),
                                                new BigDecimal(multiplier)),
                                        level(
                                                "gold",
                                                2 * threshold(basis),
                                                new BigDecimal(multiplier).add(BigDecimal.ONE)))));
    }

    static TierScheme.Level level(String key, long threshold, @Nullable BigDecimal multiplier) {
        return new TierScheme.Level(key, NAME, threshold, multiplier, null);
    }

    private static long threshold(TierScheme.Basis basis) {
        return switch (basis) {
            case SPEND -> 2_000;
            case POINTS -> 30;
            case PURCHASES -> 2;
        };
    }

    private static Arbitrary<Program.Expiry> expiry() {
        return Arbitraries.of(
                Program.Expiry.NONE,
                new Program.Expiry(Program.Expiry.Mode.INACTIVITY, 1, false, null),
                new Program.Expiry(Program.Expiry.Mode.FIXED, 1, false, null),
                new Program.Expiry(Program.Expiry.Mode.FIXED, 2, true, null));
    }

    private static Arbitrary<List<Program.StampCard>> cards() {
        return Arbitraries.of(
                List.of(),
                List.of(new Program.StampCard("visits", null, 3, null, GRANTED)),
                List.of(new Program.StampCard("cups", null, 4, List.of("coffee"), GRANTED)));
    }

    private static List<Reward> rewards() {
        return List.of(
                reward(GRANTED, null, null), reward("small", 3L, null), reward("big", 25L, 2L));
    }

    private static Reward reward(String key, @Nullable Long cost, @Nullable Long stock) {
        return new Reward(
                key,
                NAME,
                RewardKind.GIFT,
                null,
                null,
                null,
                cost,
                null,
                null,
                stock,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
