package io.regulars.engagement.campaigns;

import java.util.Locale;

/**
 * How much more often those buy who got a mail than those who were held out, and whether that is
 * more than chance. The interval is Newcombe's (1998, method 10) from two Wilson intervals: it is
 * right for small groups and for shares near none and all, where the usual one is not. Pure.
 */
public record Lift(Group treated, Group heldOut) {

    /** For 95 of 100. */
    private static final double Z = 1.959963984540054;

    /** For a chance of 80 in 100 to see a difference that is there. */
    private static final double POWER = 0.8416212335729143;

    private static final double MOST = 10_000_000;

    /**
     * @param members whose window is over
     * @param bought how many of them bought within it
     */
    public record Group(long members, long bought) {

        double share() {
            return members == 0 ? 0 : (double) bought / members;
        }

        private double bound(int sign) {
            double n = members;
            double p = share();
            double middle = p + Z * Z / (2 * n);
            double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (middle + sign * half) / (1 + Z * Z / n);
        }
    }

    public boolean isMeasured() {
        return treated.members() > 0 && heldOut.members() > 0;
    }

    public double difference() {
        return treated.share() - heldOut.share();
    }

    public double lower() {
        return difference()
                - Math.hypot(
                        treated.share() - treated.bound(-1), heldOut.bound(1) - heldOut.share());
    }

    public double upper() {
        return difference()
                + Math.hypot(
                        treated.bound(1) - treated.share(), heldOut.share() - heldOut.bound(-1));
    }

    boolean isProven() {
        return isMeasured() && (lower() > 0 || upper() < 0);
    }

    /**
     * How many more members, in both groups together and in the same proportion, it takes to prove
     * the difference that is seen; 0 when it is proven, or when none is seen.
     */
    long needed() {
        double difference = difference();
        if (!isMeasured() || isProven() || difference == 0) {
            return 0;
        }
        double proportion = (double) treated.members() / heldOut.members();
        double p = treated.share();
        double q = heldOut.share();
        double heldOutNeeded =
                Math.pow((Z + POWER) / difference, 2) * (p * (1 - p) / proportion + q * (1 - q));
        double missing = heldOutNeeded * (1 + proportion) - treated.members() - heldOut.members();
        return (long) Math.min(MOST, Math.max(1, Math.ceil(missing)));
    }

    /** In plain words. */
    String sentence(int days) {
        if (heldOut.members() == 0) {
            return treated.members() == 0
                    ? "Nobody's " + days + " days are over yet."
                    : "Nobody is held out, so nothing can be said of what the mail does: set holdout_percent.";
        }
        if (!isMeasured()) {
            return "Nobody who got it has had it for " + days + " days yet.";
        }
        String seen =
                String.format(
                        Locale.ENGLISH,
                        "Of %,d who got it %.1f %% bought within %d days, of %,d held out %.1f %%",
                        treated.members(),
                        100 * treated.share(),
                        days,
                        heldOut.members(),
                        100 * heldOut.share());
        if (isProven()) {
            return String.format(
                    Locale.ENGLISH,
                    "%s: %s. That is %s by %.1f to %.1f in a hundred, and more than chance.",
                    seen,
                    difference() > 0 ? "the mail brings buyers" : "the mail keeps buyers away",
                    difference() > 0 ? "more" : "fewer",
                    100 * Math.min(Math.abs(lower()), Math.abs(upper())),
                    100 * Math.max(Math.abs(lower()), Math.abs(upper())));
        }
        return needed() == 0
                ? seen + ": no difference so far."
                : String.format(
                        Locale.ENGLISH,
                        "%s: not proven yet, that may be chance. It needs about %,d more members.",
                        seen,
                        needed());
    }
}
