package io.regulars.bench;

import java.util.Locale;

/**
 * What a figure has to come to: itself, or its ratio to the reference.
 *
 * @param ofRatio whether the bound is for the ratio
 * @param atLeast whether the bound is the least that will do; else the most
 */
public record Goal(boolean ofRatio, boolean atLeast, double bound) {

    public static Goal atLeast(double bound) {
        return new Goal(false, true, bound);
    }

    public static Goal atMost(double bound) {
        return new Goal(false, false, bound);
    }

    public static Goal ratioAtLeast(double bound) {
        return new Goal(true, true, bound);
    }

    public static Goal ratioAtMost(double bound) {
        return new Goal(true, false, bound);
    }

    boolean reachedBy(Figure figure) {
        double value = ofRatio ? figure.ratio().orElseThrow() : figure.values().median();
        return atLeast ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s%s %s",
                ofRatio ? "ratio " : "",
                atLeast ? "≥" : "≤",
                Figure.number(bound));
    }
}
