package io.regulars.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A named figure of a bench.
 *
 * @param unit such as {@code /s} or {@code ms}; empty for a bare number
 * @param referenceName what {@code reference} is of
 * @param because why the goal is missed; shown only then
 */
public record Figure(
        String what,
        String unit,
        Series values,
        String referenceName,
        Optional<Series> reference,
        Optional<Goal> goal,
        String because) {

    public static Figure of(String what, String unit, Series values) {
        return new Figure(what, unit, values, "", Optional.empty(), Optional.empty(), "");
    }

    public static Figure of(String what, String unit, double value) {
        return of(what, unit, Series.of(value));
    }

    /** Held against the same thing done by somebody else, in the same unit and the same run. */
    public Figure against(String name, Series other) {
        return new Figure(what, unit, values, name, Optional.of(other), goal, because);
    }

    public Figure reach(Goal wanted) {
        return new Figure(
                what, unit, values, referenceName, reference, Optional.of(wanted), because);
    }

    /** What to say if the goal is missed. */
    public Figure because(String reason) {
        return new Figure(what, unit, values, referenceName, reference, goal, reason);
    }

    OptionalDouble ratio() {
        return reference.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(values.median() / reference.get().median());
    }

    boolean missed() {
        return goal.isPresent() && !goal.get().reachedBy(this);
    }

    String verdict() {
        if (goal.isEmpty()) {
            return "";
        }
        if (!missed()) {
            return "yes";
        }
        return because.isEmpty() ? "**no**" : "**no**: " + because;
    }

    /** Three digits that count, and no more. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }
}
