package io.regulars.demo;

import java.time.LocalDate;

/**
 * How one buyer buys. Rates differ between buyers by a gamma distribution (so that counts over all
 * of them are negative binomial), and after each purchase a buyer may leave for good, with a
 * probability of their own from a beta distribution.
 */
record Rhythm(double perDay, double dropOut, double spend, Menu.Product favourite) {
    private static final double[] WEEKDAY = {0.9, 0.9, 0.95, 1.0, 1.15, 1.35, 1.2};

    /** Hot months are iced-coffee months; Tết empties the city; December has company parties. */
    private static final double[] MONTH = {
        0.95, 0.75, 0.95, 1.05, 1.1, 1.15, 1.1, 1.05, 1.0, 1.0, 1.05, 1.25
    };

    private static final double BUSIEST = 1.35 * 1.25;
    private static final int OPENS = 7;
    private static final int[] WORKDAY_HOURS = {14, 16, 12, 8, 6, 8, 9, 6, 5, 5, 6, 6, 5, 4, 2};
    private static final int[] WEEKEND_HOURS = {5, 8, 12, 13, 11, 8, 7, 8, 9, 9, 8, 7, 7, 6, 3};

    static Rhythm of(Draws draws, boolean passingBy) {
        double perWeek = draws.gamma(1.15, 0.70);
        double dropOut = draws.beta(0.75, 13.0);
        double spend = draws.logNormal(72_000, 0.35);
        return new Rhythm(perWeek / 7, passingBy ? 1 : dropOut, spend, Menu.favourite(draws));
    }

    /**
     * Days until the next purchase that the busiest day would bring; {@link #comesOn} thins them to
     * the real days.
     */
    double wait(Draws draws) {
        return draws.exponential(perDay * BUSIEST);
    }

    boolean comesOn(Draws draws, LocalDate day) {
        double pull = WEEKDAY[day.getDayOfWeek().getValue() - 1] * MONTH[day.getMonthValue() - 1];
        return draws.chance(pull / BUSIEST);
    }

    boolean leavesForGood(Draws draws) {
        return draws.chance(dropOut);
    }

    double budget(Draws draws) {
        return draws.logNormal(spend, 0.45);
    }

    /** The second of the day: commuters before work, families on a late weekend morning. */
    static int secondOfDay(Draws draws, LocalDate day) {
        int[] hours = day.getDayOfWeek().getValue() >= 6 ? WEEKEND_HOURS : WORKDAY_HOURS;
        return (OPENS + draws.weighted(hours)) * 3600 + draws.between(0, 3600);
    }
}
