package io.regulars.engagement.churn;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a shop's buyers, to judge each of them by. It is a value: fit it once a night,
 * and ask it for every member who has bought.
 */
public record ChurnModel(Parameters parameters, Origin origin) {

    /** Whose buyers the parameters describe. */
    public enum Origin {
        /** The shop's own. */
        SHOP,
        /** Others', because the shop has too few yet. */
        PLATFORM
    }

    /**
     * With fewer repeat buyers the four parameters of a shop are mostly chance, and a wrong
     * judgment of all its members is worse than a general one.
     */
    public static final int ENOUGH_REPEAT_BUYERS = 200;

    /**
     * The buyers of CDNOW (2,357 who came first in early 1997, 39 weeks), on whom these models have
     * been tried ever since: about one purchase in twelve weeks, with large differences, and a
     * third gone after each purchase. For a buyer with some purchases the own pace counts for more
     * than this.
     */
    public static final ChurnModel PLATFORM =
            new ChurnModel(new Parameters(0.524838, 6.182992, 0.891356, 1.613999), Origin.PLATFORM);

    /** More buyers than this say nothing new about four numbers, and cost time each night. */
    static final int MOST_RHYTHMS = 100_000;

    /** Ten years; beyond them nobody plans a shop. */
    private static final double LONGEST_WEEKS = 520;

    /**
     * Learns from one shop's buyers. If there are more than {@value #MOST_RHYTHMS}, an even spread
     * of them over the given order is taken.
     *
     * @param rhythms of all members who have bought, one-time buyers included: that many came once
     *     only is half of what there is to learn
     */
    public static ChurnModel fit(List<Rhythm> rhythms) {
        if (rhythms.stream().filter(Rhythm::isRepeatBuyer).count() < ENOUGH_REPEAT_BUYERS) {
            return PLATFORM;
        }
        return Fit.of(new Likelihood(Variant.MBG_NBD, spread(rhythms)))
                .map(fit -> new ChurnModel(fit.parameters(), Origin.SHOP))
                .orElse(PLATFORM);
    }

    /** The probability, from 0 to 1, that the buyer has not left for good. */
    public double pAlive(Rhythm rhythm) {
        return model().pAlive(rhythm);
    }

    /**
     * On how many days the buyer is to be expected in the weeks to come; the risk of having left is
     * in it.
     *
     * @param weeks at most 520
     */
    public double expectedPurchases(Rhythm rhythm, double weeks) {
        if (!(weeks >= 0) || weeks > LONGEST_WEEKS) {
            throw new IllegalArgumentException("weeks must be from 0 to 520: " + weeks);
        }
        return model().expectedPurchases(rhythm, weeks);
    }

    private BuyTillYouDie model() {
        return new BuyTillYouDie(Variant.MBG_NBD, parameters);
    }

    private static List<Rhythm> spread(List<Rhythm> rhythms) {
        if (rhythms.size() <= MOST_RHYTHMS) {
            return rhythms;
        }
        List<Rhythm> some = new ArrayList<>(MOST_RHYTHMS);
        for (int i = 0; i < MOST_RHYTHMS; i++) {
            some.add(rhythms.get((int) ((long) i * rhythms.size() / MOST_RHYTHMS)));
        }
        return some;
    }
}
