package io.regulars.engagement.churn;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well parameters explain what a shop's buyers did: the sum of the logarithms over all buyers.
 * Buyers with one rhythm are one row with a weight, as most of those who came once are. The rows
 * are in the order of their repeats, so that the ratios of gamma functions, which depend on the
 * number of repeats only, grow by a factor from row to row and never need a gamma function.
 */
final class Likelihood {

    private final Variant variant;
    private final int[] repeats;
    private final double[] lastRepeat;
    private final double[] age;
    private final double[] weight;
    private final double meanAge;

    Likelihood(Variant variant, List<Rhythm> rhythms) {
        Map<Rhythm, Integer> counted =
                new TreeMap<>(
                        Comparator.comparingInt(Rhythm::repeats)
                                .thenComparingDouble(Rhythm::lastRepeat)
                                .thenComparingDouble(Rhythm::age));
        rhythms.forEach(rhythm -> counted.merge(rhythm, 1, Integer::sum));
        this.variant = variant;
        this.repeats = counted.keySet().stream().mapToInt(Rhythm::repeats).toArray();
        this.lastRepeat = counted.keySet().stream().mapToDouble(Rhythm::lastRepeat).toArray();
        this.age = counted.keySet().stream().mapToDouble(Rhythm::age).toArray();
        this.weight = counted.values().stream().mapToDouble(Integer::doubleValue).toArray();
        this.meanAge = rhythms.stream().mapToDouble(Rhythm::age).average().orElse(0);
    }

    /** What "long" means in this shop; zero if everybody came for the first time today. */
    double meanAge() {
        return meanAge;
    }

    double at(Parameters p) {
        double sum = 0;
        int seen = 0;
        int chances = 0;
        double paces = p.r() * Math.log(p.alpha());
        double stays = 0;
        double logOdds = BuyTillYouDie.logOddsOfLeaving(variant.chancesToLeave(0), p);
        for (int i = 0; i < repeats.length; i++) {
            for (; seen < repeats[i]; seen++) {
                paces += Math.log(p.r() + seen);
            }
            for (; chances < variant.chancesToLeave(repeats[i]); chances++) {
                stays -= Math.log1p(p.a() / (p.b() + chances));
                logOdds = BuyTillYouDie.logOddsOfLeaving(chances + 1, p);
            }
            double c = p.r() + repeats[i];
            double lived = Math.log(p.alpha() + age[i]);
            double silence = lived - Math.log(p.alpha() + lastRepeat[i]);
            double one = paces + stays - c * lived + logOfOnePlusExp(logOdds + c * silence);
            sum += weight[i] * one;
        }
        return sum;
    }

    /** Without the overflow of the exponential, which a regular's long silence would bring. */
    private static double logOfOnePlusExp(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }
}
