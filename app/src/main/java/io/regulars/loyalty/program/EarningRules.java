package io.regulars.loyalty.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what a purchase earns. Pure: the same program, purchase and remainders give the same
 * answer.
 */
public final class EarningRules {

    private EarningRules() {}

    /**
     * An award and everything that led to it.
     *
     * @param inputs kept with the award: base, per_amount, award, carried_in, carried_out
     */
    public record Award(String rule, long points, Map<String, Object> inputs) {}

    /** What a purchase earns, and the remainders by rule that it leaves behind. */
    public record Outcome(List<Award> awards, Map<String, Long> carry) {}

    /**
     * The awards of one purchase: {@code floor(base / per_amount) × award} for each rule, where the
     * base is what was paid plus what earlier purchases left over below a step.
     *
     * @param amount what was paid, in minor units
     * @param carry remainders so far, by rule
     */
    public static Outcome forPurchase(Program program, long amount, Map<String, Long> carry) {
        List<Award> awards = new ArrayList<>();
        Map<String, Long> after = new HashMap<>(carry);
        for (Program.EarningRule rule : program.earning()) {
            long carriedIn = program.carriesRemainder() ? carry.getOrDefault(rule.key(), 0L) : 0;
            long base = Math.addExact(amount, carriedIn);
            long steps = base / rule.points().perAmount();
            long carriedOut = program.carriesRemainder() ? base % rule.points().perAmount() : 0;
            if (program.carriesRemainder()) {
                after.put(rule.key(), carriedOut);
            }
            if (steps > 0) {
                awards.add(
                        new Award(
                                rule.key(),
                                Math.multiplyExact(steps, rule.points().award()),
                                inputs(amount, rule.points(), carriedIn, carriedOut)));
            }
        }
        after.values().removeIf(rest -> rest == 0);
        return new Outcome(awards, after);
    }

    private static Map<String, Object> inputs(
            long amount, Program.Points points, long carriedIn, long carriedOut) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("amount", amount);
        inputs.put("per_amount", points.perAmount());
        inputs.put("award", points.award());
        inputs.put("carried_in", carriedIn);
        inputs.put("carried_out", carriedOut);
        return inputs;
    }
}
