package io.regulars.engagement.churn;

import java.util.List;
import java.util.Optional;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The most likely parameters, and how likely they are.
 *
 * <p>Sought in the logarithms of the parameters, so that none can become negative, with alpha
 * measured in mean ages of the shop's buyers, so that days would give the same answer as weeks. It
 * is the same search each time: there is no chance in it.
 */
record Fit(Parameters parameters, double logLikelihood) {

    /**
     * Where the search begins, as r, alpha in mean ages, a, b: buyers who differ much and leave
     * early, buyers alike, and regulars who stay. The hills are long and flat, and one start may
     * end on the way.
     */
    static final List<double[]> STARTS =
            List.of(
                    new double[] {0.3, 0.2, 0.8, 2},
                    new double[] {1, 1, 1, 1},
                    new double[] {3, 0.5, 0.2, 4});

    /**
     * Logarithms beyond it are not looked at. Where a shop's buyers are all alike, or none has left
     * yet, the likelihood grows without end, and the edge says all that there is to say.
     */
    private static final double EDGE = 12;

    private static final int MOST_EVALUATIONS = 2_000;
    private static final double WIDE = 0.7;
    private static final double CLOSE = 0.1;

    /** Good enough to choose a start by. */
    private static final double ROUGH = 1e-3;

    private static final double FINE = 1e-9;

    /** A search that stops is begun anew where it stopped, until that gains no more than this. */
    private static final double GAIN = 1e-7;

    private static final int MOST_ROUNDS = 8;

    /** Nothing, if not one search came to an end; that was never seen. */
    static Optional<Fit> of(Likelihood likelihood) {
        double unit = likelihood.meanAge() > 0 ? likelihood.meanAge() : 1;
        Optional<PointValuePair> best = Optional.empty();
        for (double[] start : STARTS) {
            best = better(best, climb(likelihood, unit, logs(start), WIDE, ROUGH));
        }
        return best.map(rough -> finish(likelihood, unit, rough));
    }

    /** From one start only. */
    static Optional<Fit> of(Likelihood likelihood, double[] start) {
        double unit = likelihood.meanAge() > 0 ? likelihood.meanAge() : 1;
        return climb(likelihood, unit, logs(start), WIDE, ROUGH)
                .map(rough -> finish(likelihood, unit, rough));
    }

    private static Fit finish(Likelihood likelihood, double unit, PointValuePair rough) {
        PointValuePair best = rough;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double before = best.getValue();
            best =
                    better(Optional.of(best), climb(likelihood, unit, best.getPoint(), CLOSE, FINE))
                            .orElse(best);
            if (round > 0 && best.getValue() - before < GAIN) {
                break;
            }
        }
        Parameters parameters = parameters(best.getPoint(), unit);
        return new Fit(parameters, likelihood.at(parameters));
    }

    private static Optional<PointValuePair> climb(
            Likelihood likelihood, double unit, double[] from, double step, double tolerance) {
        try {
            return Optional.of(
                    new SimplexOptimizer(0, tolerance)
                            .optimize(
                                    new MaxEval(MOST_EVALUATIONS),
                                    new ObjectiveFunction(point -> height(likelihood, unit, point)),
                                    GoalType.MAXIMIZE,
                                    new InitialGuess(from),
                                    new NelderMeadSimplex(from.length, step)));
        } catch (MathIllegalStateException tooLong) {
            return Optional.empty();
        }
    }

    /** Beyond the edge it falls, so that the search comes back. */
    private static double height(Likelihood likelihood, double unit, double[] point) {
        double beyond = 0;
        for (double log : point) {
            beyond += Math.max(0, Math.abs(log) - EDGE);
        }
        double height = likelihood.at(parameters(point, unit));
        return height - beyond * (1 + Math.abs(height));
    }

    private static Parameters parameters(double[] logs, double unit) {
        return new Parameters(
                within(logs[0]), unit * within(logs[1]), within(logs[2]), within(logs[3]));
    }

    private static double within(double log) {
        return Math.exp(Math.clamp(log, -EDGE, EDGE));
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }

    private static Optional<PointValuePair> better(
            Optional<PointValuePair> one, Optional<PointValuePair> other) {
        return other.filter(o -> one.isEmpty() || o.getValue() > one.orElseThrow().getValue())
                .or(() -> one);
    }
}
