package io.regulars.engagement.churn;

/**
 * What the buyers of one shop are like. A buyer's pace (purchases a week) comes from a gamma
 * distribution, the chance of leaving after a purchase from a beta distribution.
 *
 * @param r shape of the paces: the smaller, the more the buyers differ
 * @param alpha scale of the paces in weeks; {@code r / alpha} is the mean pace
 * @param a with {@code b} the chances of leaving; {@code a / (a + b)} is their mean
 * @param b see {@code a}
 */
public record Parameters(double r, double alpha, double a, double b) {

    public Parameters {
        check("r", r);
        check("alpha", alpha);
        check("a", a);
        check("b", b);
    }

    private static void check(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be above zero and finite: " + value);
        }
    }
}
