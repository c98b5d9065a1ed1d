package io.regulars.demo;

import io.regulars.platform.ids.RandomAccess;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded draws from the distributions that buyers follow. Only {@link StrictMath}, so that one seed
 * gives the same bytes on every machine.
 */
@RandomAccess
final class Draws {
    private final SplittableRandom random;

    private Draws(SplittableRandom random) {
        this.random = random;
    }

    static Draws seeded(long seed) {
        return new Draws(new SplittableRandom(seed));
    }

    /** An independent stream: what one buyer draws never shifts what the next one gets. */
    Draws split() {
        return new Draws(random.split());
    }

    /** In (0, 1): never 0, so that its logarithm exists. */
    double uniform() {
        return 1 - random.nextDouble();
    }

    int between(int from, int toExclusive) {
        return random.nextInt(from, toExclusive);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int rest = random.nextInt(sum);
        int index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index;
    }

    /** Marsaglia's polar method; the second value is thrown away to keep the stream stateless. */
    double normal() {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }

    double exponential(double rate) {
        return -StrictMath.log(uniform()) / rate;
    }

    /** Marsaglia and Tsang (2000); a shape below one is lifted by one and scaled back. */
    double gamma(double shape, double scale) {
        if (shape < 1) {
            return gamma(shape + 1, scale) * StrictMath.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = StrictMath.pow(1 + c * x, 3);
            if (v > 0
                    && StrictMath.log(uniform()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return d * v * scale;
            }
        }
    }

    double beta(double a, double b) {
        double x = gamma(a, 1);
        return x / (x + gamma(b, 1));
    }
}
