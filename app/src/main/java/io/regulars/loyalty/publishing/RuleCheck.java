package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Parts;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.TierScheme;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold of the earning rules. */
final class RuleCheck {

    private static final Set<String> OCCASIONS =
            Set.of(Occasion.PURCHASE, "enrolled", "birthday", "anniversary", "referral");

    /** An award is at most this many points for each step, so that no purchase overflows. */
    private static final long LARGEST_AWARD = 1_000_000;

    private static final int MOST_DAYS_PENDING = 365;

    private final Findings findings;
    private final List<EarningRule> rules;
    private final Set<String> tiers;
    private final Set<String> locations;

    RuleCheck(Findings findings, Program program) {
        this.findings = findings;
        this.rules = program.earning();
        this.tiers = tierKeys(program);
        this.locations =
                program.locations().stream()
                        .map(Program.Location::key)
                        .collect(Collectors.toUnmodifiableSet());
    }

    static Set<String> tierKeys(Program program) {
        return program.tierScheme().stream()
                .flatMap(scheme -> scheme.levels().stream())
                .map(TierScheme.Level::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    void check() {
        findings.most("/earning", rules.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            EarningRule rule = rules.get(i);
            String at = "/earning/" + i;
            findings.key(at + "/key", rule.key(), keys);
            findings.name(at + "/name", rule.name());
            on(at + "/on", rule.on());
            points(at + "/points", rule);
            when(at + "/when", rule);
            limits(at + "/limits", rule.limits());
            findings.range(at + "/pending_days", rule.pendingDays(), 0, MOST_DAYS_PENDING);
            group(at + "/group", rule);
        }
    }

    private void on(String at, String on) {
        boolean activity =
                on.startsWith(EarningRule.ACTIVITY)
                        && Findings.isKey(on.substring(EarningRule.ACTIVITY.length()));
        if (!activity && !OCCASIONS.contains(on)) {
            findings.error(
                    at,
                    "unknown_occasion",
                    "Must be purchase, enrolled, birthday, anniversary, referral, or activity: and"
                            + " a type such as activity:review.");
        }
    }

    private void points(String at, EarningRule rule) {
        EarningRule.Points points = rule.points();
        if (points.fixed() != null) {
            findings.range(at + "/fixed", points.fixed(), 1, Findings.LARGEST);
            findings.unwanted(
                    at + "/per_amount",
                    points.perAmount() != null,
                    "Points are either fixed or by amount.");
            findings.unwanted(
                    at + "/award", points.award() != null, "Points are either fixed or by amount.");
        } else if (!isForPurchases(rule)) {
            findings.error(
                    at + "/fixed",
                    "required",
                    "Only purchases have an amount; other occasions give fixed points.");
        } else {
            String why = "Points need per_amount and award, or fixed.";
            findings.needed(at + "/per_amount", points.perAmount(), 1, Findings.LARGEST, why);
            findings.needed(at + "/award", points.award(), 1, LARGEST_AWARD, why);
        }
    }

    private static boolean isForPurchases(EarningRule rule) {
        return rule.on().equals(Occasion.PURCHASE);
    }

    private void when(String at, EarningRule rule) {
        EarningRule.When when = rule.conditions();
        findings.amount(at + "/min_amount", when.minAmount());
        findings.words(at + "/categories", Parts.of(when.categories()));
        findings.words(at + "/skus", Parts.of(when.skus()));
        findings.references(at + "/locations", Parts.of(when.locations()), locations, "location");
        findings.references(at + "/tiers", Parts.of(when.tiers()), tiers, "tier");
        if (when.to() != null && when.to().equals(when.from())) {
            findings.error(at + "/to", "empty", "There is no time between from and to.");
        }
        if (!isForPurchases(rule)) {
            String why = "Only purchases have this.";
            findings.unwanted(
                    at + "/min_amount", when.minAmount() != null && when.minAmount() > 0, why);
            findings.unwanted(at + "/categories", !Parts.of(when.categories()).isEmpty(), why);
            findings.unwanted(at + "/skus", !Parts.of(when.skus()).isEmpty(), why);
            findings.unwanted(at + "/first_purchase", when.wantsFirstPurchase(), why);
        }
    }

    private void limits(String at, EarningRule.@Nullable Limits limits) {
        if (limits != null) {
            findings.amount(at + "/per_day", limits.perDay());
            findings.amount(at + "/per_member", limits.perMember());
            findings.amount(at + "/budget_points", limits.budgetPoints());
        }
    }

    private void group(String at, EarningRule rule) {
        if (rule.group() == null) {
            if (rule.stack() == EarningRule.Stack.BEST) {
                findings.error(at, "required", "The best of which group? Name it.");
            }
        } else if (rule.stack() != EarningRule.Stack.BEST) {
            findings.error(
                    at,
                    "not_allowed",
                    "A group is for rules of which the best counts: stack: best.");
        } else if (!Findings.isKey(rule.group())) {
            findings.error(
                    at,
                    "invalid_key",
                    "A group is made of a-z, 0-9, _ and -, at most 64 characters.");
        }
    }
}
