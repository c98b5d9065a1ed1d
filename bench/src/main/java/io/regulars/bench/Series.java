package io.regulars.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The same thing measured several times. */
public record Series(List<Double> values) {

    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    public static Series of(double... values) {
        return new Series(Arrays.stream(values).boxed().toList());
    }

    public double median() {
        double[] sorted = sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The value that so many of a hundred do not exceed. */
    public double percentile(double of) {
        double[] sorted = sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * of / 100) - 1)];
    }

    /** Those that were measured last. */
    public Series last(int count) {
        return new Series(values.subList(Math.max(0, values.size() - count), values.size()));
    }

    public double least() {
        return sorted().min().orElseThrow();
    }

    public double most() {
        return sorted().max().orElseThrow();
    }

    private DoubleStream sorted() {
        return values.stream().mapToDouble(Double::doubleValue).sorted();
    }
}
