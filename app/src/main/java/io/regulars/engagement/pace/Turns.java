package io.regulars.engagement.pace;

/** A node's turns at one pace: those it has fetched and not used, and those that were asked for. */
final class Turns {

    /** So much of a second's worth a node may keep; the others have their turns too. */
    private static final double HANDFUL = 0.25;

    /** How deep what does not wait may go into debt, in seconds' worth. */
    private static final double DEEPEST = 10;

    private double left;
    private int missed;

    boolean isThere() {
        return left >= 1;
    }

    void use(double rate) {
        left = Math.max(left - 1, -Math.max(1, rate) * DEEPEST);
    }

    void miss() {
        missed++;
    }

    /** How many are to be fetched. */
    double wanted(double rate) {
        double handful = Math.max(1, rate * HANDFUL);
        double debt = Math.max(0, -left);
        return missed == 0 && debt == 0 ? 0 : debt + Math.min(missed, handful);
    }

    void fetched(double turns) {
        left += turns;
        missed = 0;
    }
}
