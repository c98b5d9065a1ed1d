package io.regulars.loyalty.presets;

import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.TierScheme;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Round amounts that mean about the same to a buyer in different currencies, and the programs that
 * come of them: one point per $1 becomes one per 25,000 ₫, not per 26,317 ₫. What the texts of a
 * program say of money is written anew as well.
 *
 * @param spendingUnit by currency, in whole units of it; what is not listed counts as 1
 */
record SpendingUnits(Map<String, BigDecimal> spendingUnit) {

    /** The same program with every amount of money in this currency. */
    Program convert(Program p, String currency) {
        Ratio ratio = new Ratio(minorUnits(currency), minorUnits(p.currency()));
        Amounts amounts = new Amounts(Currency.getInstance(currency), ratio::of);
        return new Program(
                p.name(),
                p.unit(),
                currency,
                p.brand(),
                amounts.terms(p.terms()),
                amounts.all(p.benefits()),
                p.faq(),
                p.locations(),
                p.earning().stream().map(ratio::of).toList(),
                p.tierScheme().map(ratio::of).orElse(null),
                p.expiry(),
                p.refunds(),
                p.rounding(),
                p.stampCards(),
                ratio.of(p.referral()),
                p.welcome(),
                p.rewards().stream().map(reward -> ratio.of(reward, amounts)).toList());
    }

    private BigDecimal minorUnits(String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return spendingUnit.getOrDefault(currency, BigDecimal.ONE).movePointRight(digits);
    }

    /** From one currency's minor units to another's; what was something stays something. */
    private record Ratio(BigDecimal to, BigDecimal from) {

        @Nullable Long of(@Nullable Long amount) {
            return amount == null ? null : Long.valueOf(of(amount.longValue()));
        }

        long of(long amount) {
            long converted =
                    BigDecimal.valueOf(amount)
                            .multiply(to)
                            .divide(from, 0, RoundingMode.HALF_UP)
                            .longValueExact();
            return amount > 0 ? Math.max(1, converted) : converted;
        }

        EarningRule of(EarningRule rule) {
            EarningRule.Points points = rule.points();
            EarningRule.When when = rule.when();
            return new EarningRule(
                    rule.key(),
                    rule.on(),
                    new EarningRule.Points(of(points.perAmount()), points.award(), points.fixed()),
                    when == null
                            ? null
                            : new EarningRule.When(
                                    of(when.minAmount()),
                                    when.categories(),
                                    when.skus(),
                                    when.locations(),
                                    when.weekdays(),
                                    when.from(),
                                    when.to(),
                                    when.tiers(),
                                    when.firstPurchase()),
                    rule.limits(),
                    rule.pendingDays(),
                    rule.stack(),
                    rule.group(),
                    rule.name());
        }

        TierScheme of(TierScheme tiers) {
            if (tiers.basis() != TierScheme.Basis.SPEND) {
                return tiers;
            }
            return new TierScheme(
                    tiers.basis(),
                    tiers.window(),
                    tiers.downgrade(),
                    tiers.levels().stream()
                            .map(level ->
                                    new TierScheme.Level(
                                            level.key(),
                                            level.name(),
                                            of(level.threshold()),
                                            level.multiplier(),
                                            level.perks()))
                            .toList());
        }

        Program.@Nullable Referral of(Program.@Nullable Referral referral) {
            return referral == null
                    ? null
                    : new Program.Referral(
                            referral.referrerPoints(),
                            referral.referrerReward(),
                            referral.friendPoints(),
                            referral.friendReward(),
                            referral.qualifiesOn(),
                            of(referral.minAmount()),
                            referral.perYear());
        }

        Reward of(Reward reward, Amounts amounts) {
            return new Reward(
                    reward.key(),
                    amounts.said(reward.name()),
                    reward.kind(),
                    reward.percent(),
                    of(reward.amount()),
                    reward.sku(),
                    reward.costPoints(),
                    of(reward.minBasket()),
                    reward.minOtherItems(),
                    reward.stock(),
                    reward.perMember(),
                    reward.tiers(),
                    reward.validDays(),
                    amounts.in(reward.description()),
                    of(reward.value()),
                    of(reward.cost()));
        }
    }

    SpendingUnits {
        spendingUnit = Map.copyOf(Objects.requireNonNull(spendingUnit));
    }
}
