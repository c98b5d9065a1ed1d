package io.regulars.engagement.churn;

/** What a model with known parameters says of one buyer. */
record BuyTillYouDie(Variant variant, Parameters parameters) {

    /** What is left of the sum below it is less than the rounding of the sum. */
    private static final double NEGLIGIBLE = 1e-17;

    /** Keeps the weights, which are known up to a factor only, away from overflow. */
    private static final double RESCALE = 1e200;

    /**
     * Reached only by a horizon many thousand times as long as what is known of the buyer; what
     * comes after it is left off.
     */
    private static final int MOST_TERMS = 1_000_000;

    /** The probability that the buyer has not left, between 0 and 1. */
    double pAlive(Rhythm rhythm) {
        double c = parameters.r() + rhythm.repeats();
        double silence =
                Math.log(parameters.alpha() + rhythm.age())
                        - Math.log(parameters.alpha() + rhythm.lastRepeat());
        double logOdds = logOddsOfLeaving(variant.chancesToLeave(rhythm.repeats()), parameters);
        return 1 / (1 + Math.exp(logOdds + c * silence));
    }

    /**
     * How many purchases are to be expected in the weeks to come, by a buyer who may have left.
     *
     * <p>The closed form has a hypergeometric function, {@code 1 - (1-w)^c 2F1(c, b'; a'; w)},
     * divided by {@code a - 1}: 0/0 where a is 1, and nothing but rounding near it. Summed the
     * other way round, it is a mean with positive terms only: the number n of purchases of a buyer
     * who never leaves is negative binomial, and of n wishes to buy, those are fulfilled that come
     * before the buyer leaves. The weights of n are built up by their ratio, and divided by their
     * sum at the end, so that none underflows for a buyer with thousands of purchases.
     */
    double expectedPurchases(Rhythm rhythm, double weeks) {
        double c = parameters.r() + rhythm.repeats();
        double stayed = parameters.b() + variant.chancesToLeave(rhythm.repeats());
        double u = weeks / (parameters.alpha() + rhythm.age());
        double w = u / (1 + u);
        double weight = 1;
        double weights = 1;
        double fulfilled = 0;
        double stillThere = 1;
        double sum = 0;
        for (int n = 0; n < MOST_TERMS; n++) {
            double ratio = w * (c + n) / (n + 1);
            if (ratio < 1 && weight < weights * NEGLIGIBLE * (1 - ratio)) {
                break;
            }
            weight *= ratio;
            fulfilled += stillThere;
            stillThere *= (stayed + n) / (parameters.a() + stayed + n);
            weights += weight;
            sum += weight * fulfilled;
            if (weights > RESCALE) {
                weight /= RESCALE;
                weights /= RESCALE;
                sum /= RESCALE;
            }
        }
        return pAlive(rhythm) * sum / weights;
    }

    /**
     * The logarithm of the odds to leave after the last purchase, as the purchases before let
     * expect; minus infinity where the model does not let anybody leave.
     */
    static double logOddsOfLeaving(int chances, Parameters p) {
        return chances == 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(p.a()) - Math.log(p.b() + chances - 1);
    }
}
